import { parseArn } from "../../../kernel/arn.ts";
import type { Context } from "../../../kernel/context.ts";
import { errorCode } from "../../../kernel/errors.ts";

export interface LogLines {
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly logEvents: { timestamp: number; message: string }[];
}

/** The log group that an ARN names; empty where it names none. */
export const groupIn = (arn: string): string =>
  (parseArn(arn)?.resource ?? "").replace(/^log-group:/, "").replace(/:.*$/, "");

/** Writes to a stream, which is made when it is not there. */
export const putLines = async (ctx: Context, lines: LogLines): Promise<void> => {
  try {
    await ctx.call("logs", "PutLogEvents", lines);
  } catch (error) {
    if (errorCode(error) !== "ResourceNotFoundException") throw error;
    const { logGroupName, logStreamName } = lines;
    await ctx.call("logs", "CreateLogStream", { logGroupName, logStreamName });
    await ctx.call("logs", "PutLogEvents", lines);
  }
};
