import type { Context } from "../../kernel/context.ts";
import { errorCode } from "../../kernel/errors.ts";

/** What keeps somebody from reading a queue. */
export type QueueObstacle = { readonly kind: "missing" } | { readonly kind: "denied"; readonly action: string };

/**
 * Whether a queue can be read, and how long it hides its messages, in seconds. `refuse` makes the error of what stands in
 * the way. No message is touched: the numbers and handles are ones that SQS refuses, after it has looked at permissions.
 */
export const checkQueueAccess = async (
  ctx: Context,
  QueueUrl: string,
  refuse: (obstacle: QueueObstacle) => Error,
): Promise<number> => {
  const obstacleTo = (action: string) => (error: unknown) => {
    const code = errorCode(error);
    if (code === "QueueDoesNotExist" || code === "AWS.SimpleQueueService.NonExistentQueue")
      throw refuse({ kind: "missing" });
    if (code.startsWith("AccessDenied")) throw refuse({ kind: "denied", action });
    return undefined;
  };
  await ctx.call("sqs", "ReceiveMessage", { QueueUrl, MaxNumberOfMessages: 0 }).catch(obstacleTo("ReceiveMessage"));
  await ctx.call("sqs", "DeleteMessage", { QueueUrl, ReceiptHandle: "none" }).catch(obstacleTo("DeleteMessage"));
  const attributes = await ctx
    .call("sqs", "GetQueueAttributes", { QueueUrl, AttributeNames: ["VisibilityTimeout"] })
    .catch(obstacleTo("GetQueueAttributes"));
  return Number(attributes?.Attributes?.VisibilityTimeout ?? 0);
};
