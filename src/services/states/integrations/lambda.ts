import { StateFailure } from "../../../engines/states/failure.ts";
import { shown } from "../../../engines/states/flow.ts";
import { textOf } from "../../../engines/states/values.ts";
import type { Context } from "../../../kernel/context.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";

interface Invocation {
  readonly FunctionName: string;
  readonly Qualifier?: string;
  readonly InvocationType?: "Event" | "RequestResponse" | "DryRun";
  readonly ClientContext?: string;
}

/** Invokes a function; one that fails throws its own error. */
export const invokeFunction = async (
  ctx: Context,
  invocation: Invocation,
  payload: JsonValue,
  causeOf: (text: string) => string = (text) => text,
) => {
  const answer = await ctx.call("lambda", "Invoke", { ...invocation, Payload: Buffer.from(JSON.stringify(payload)) });
  const text = Buffer.from(answer.Payload ?? []).toString();
  const answered = parsed(text);
  if (answer.FunctionError !== undefined) throw new StateFailure(errorTypeOf(answered), causeOf(text));
  return { answer, payload: answered };
};

const parsed = (text: string): JsonValue => {
  if (text === "") return "";
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** AWS: a function that ended without a word is Lambda.Unknown. */
const errorTypeOf = (error: JsonValue): string =>
  (isJsonObject(error) ? textOf(error, "errorType") : undefined) ?? "Lambda.Unknown";

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html */
export const lambdaInvoke = async (ctx: Context, args: JsonObject): Promise<JsonValue> => {
  const type = textOf(args, "InvocationType");
  const qualifier = textOf(args, "Qualifier");
  const clientContext = textOf(args, "ClientContext");
  const { answer, payload } = await invokeFunction(
    ctx,
    {
      FunctionName: textOf(args, "FunctionName") ?? "",
      ...(qualifier === undefined ? {} : { Qualifier: qualifier }),
      ...(clientContext === undefined ? {} : { ClientContext: clientContext }),
      ...(type === "Event" || type === "DryRun" ? { InvocationType: type } : {}),
    },
    args["Payload"] ?? {},
    // AWS: the cause is the error's document, without the blanks its runtime may have put in.
    (text) => shown(parsed(text)),
  );
  return {
    ...(answer.ExecutedVersion === undefined ? {} : { ExecutedVersion: answer.ExecutedVersion }),
    Payload: payload,
    StatusCode: answer.StatusCode ?? 200,
  };
};
