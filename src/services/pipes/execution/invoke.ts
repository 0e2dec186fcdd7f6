import type { Context } from "../../../kernel/context.ts";
import { AwsError } from "../../../kernel/errors.ts";

/** Runs a function and waits for what it answers. */
export const invokeFunction = async (ctx: Context, FunctionName: string, payload: string): Promise<string> => {
  const { Payload, FunctionError } = await ctx.call("lambda", "Invoke", {
    FunctionName,
    InvocationType: "RequestResponse",
    Payload: Buffer.from(payload),
  });
  const answer = Buffer.from(Payload ?? []).toString();
  if (FunctionError !== undefined) throw new AwsError("LambdaFunctionException", answer);
  return answer;
};

/** Runs an express state machine and waits for its output. */
export const runMachine = async (ctx: Context, stateMachineArn: string, input: string): Promise<string> => {
  const {
    status,
    output = "",
    error,
    cause,
  } = await ctx.call("states", "StartSyncExecution", { stateMachineArn, input });
  if (status === "SUCCEEDED") return output;
  throw new AwsError(error ?? `Execution${status === "TIMED_OUT" ? "TimedOut" : "Failed"}`, cause ?? "");
};
