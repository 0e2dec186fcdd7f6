import type { Context } from "../../kernel/context.ts";
import { errorCode, NotImplemented } from "../../kernel/errors.ts";
import type { NotificationDocument } from "./configurations.ts";
import { invalidArgument } from "./errors.ts";
import type { BucketRecord } from "./records.ts";

/** Refuses destinations that S3 could not reach, as S3 does when it tries each of them. */
export const checkDestinations = async (
  ctx: Context,
  _bucket: BucketRecord,
  document: NotificationDocument,
): Promise<void> => {
  if (document.QueueConfigurations?.length) throw new NotImplemented("s3 notifications to queues");
  if (document.TopicConfigurations?.length) throw new NotImplemented("s3 notifications to topics");
  for (const { LambdaFunctionArn } of document.LambdaFunctionConfigurations ?? []) {
    try {
      await ctx.call("lambda", "GetFunction", { FunctionName: LambdaFunctionArn });
    } catch (error) {
      if (errorCode(error) !== "ResourceNotFoundException") throw error;
      throw invalidArgument("Unable to validate the following destination configurations", LambdaFunctionArn, "null");
    }
  }
};
