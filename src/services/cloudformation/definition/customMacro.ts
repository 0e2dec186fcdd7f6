import type { Context } from "../../../kernel/context.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { validationError } from "../errors.ts";
import { type MacroAround, TransformFailed } from "./transformFailed.ts";

/**
 * Runs a transform of the user's own: a function that makes one piece of template of another.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-macros-author.html
 */
export const runCustomMacro = async (
  ctx: Context,
  { accountId, region, parameters, functionOf }: MacroAround,
  name: string,
  params: JsonObject,
  fragment: JsonValue,
): Promise<JsonValue> => {
  const functionName = functionOf(name);
  const transformId = `${accountId}::${name}`;
  if (functionName === undefined) throw new TransformFailed(name, `No transform named ${transformId} found.`);
  const request = {
    region,
    accountId,
    transformId,
    params,
    requestId: ctx.requestId,
    fragment,
    templateParameterValues: Object.fromEntries([...parameters].filter(([key]) => !key.startsWith("AWS::"))),
  };
  const { Payload, FunctionError } = await ctx.call("lambda", "Invoke", {
    FunctionName: functionName,
    Payload: new TextEncoder().encode(JSON.stringify(request)),
  });
  const answer = parsed(Payload);
  if (FunctionError !== undefined || answer === undefined)
    throw validationError(`Received malformed response from transform ${transformId}`);
  if (String(answer["status"]).toLowerCase() !== "success") {
    const why = answer["errorMessage"];
    throw new TransformFailed(transformId, typeof why === "string" ? why : undefined);
  }
  return answer["fragment"] ?? {};
};

const parsed = (payload: unknown): JsonObject | undefined => {
  if (!(payload instanceof Uint8Array)) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(payload));
    return isJsonObject(value) ? value : undefined;
  } catch {
    // Not JSON: the caller says so.
    return undefined;
  }
};
