import type { Context } from "../../kernel/context.ts";
import { AwsError, errorCode, NotImplemented } from "../../kernel/errors.ts";
import { rootOf } from "../../kernel/principal.ts";
import type { NotificationDocument } from "./configurations.ts";
import { s3For } from "./itself.ts";
import type { NotificationRule } from "./notificationRules.ts";
import type { BucketRecord } from "./records.ts";

/** Where a rule sends its events. */
export interface Destination {
  readonly kind: "function" | "queue" | "topic";
  readonly arn: string;
  readonly rule: NotificationRule;
}

export const destinationsOf = (document: NotificationDocument): readonly Destination[] => [
  ...(document.LambdaFunctionConfigurations ?? []).map(
    (rule): Destination => ({ kind: "function", arn: rule.LambdaFunctionArn, rule }),
  ),
  ...(document.QueueConfigurations ?? []).map((rule): Destination => ({ kind: "queue", arn: rule.QueueArn, rule })),
  ...(document.TopicConfigurations ?? []).map((rule): Destination => ({ kind: "topic", arn: rule.TopicArn, rule })),
];

/** As much of a bucket as says on whose behalf S3 speaks. */
type Whose = Pick<BucketRecord, "name" | "account">;

/** Sends a message as S3 itself, on the bucket's behalf: the destination's own policy must let it in. */
export const deliver = async (
  ctx: Context,
  bucket: Whose,
  { kind, arn }: Pick<Destination, "kind" | "arn">,
  message: string,
): Promise<void> => {
  const s3 = ctx.as(s3For(bucket, ctx.partition));
  if (kind === "function") {
    await s3.call("lambda", "Invoke", { FunctionName: arn, InvocationType: "Event", Payload: Buffer.from(message) });
  } else if (kind === "topic") {
    await s3.call("sns", "Publish", { TopicArn: arn, Message: message, Subject: "Amazon S3 Notification" });
  } else {
    const [, , , , QueueOwnerAWSAccountId = "", QueueName = ""] = arn.split(":");
    const { QueueUrl } = await ctx.as(owner(bucket)).call("sqs", "GetQueueUrl", { QueueName, QueueOwnerAWSAccountId });
    await s3.call("sqs", "SendMessage", { QueueUrl, MessageBody: message });
  }
};

/** Tries every destination, as S3 does before it takes a configuration. Throws InvalidArgument for one it cannot reach. */
export const checkDestinations = async (
  ctx: Context,
  bucket: BucketRecord,
  document: NotificationDocument,
): Promise<void> => {
  const unreachable: Readonly<Record<string, string>>[] = [];
  for (const destination of destinationsOf(document)) {
    try {
      await tryOut(ctx, bucket, destination);
    } catch (error) {
      if (error instanceof NotImplemented) throw error;
      const nth = unreachable.length + 1;
      const [name, reason] = reasonOf(destination, error);
      unreachable.push({ [`ArgumentName${nth}`]: name, [`ArgumentValue${nth}`]: reason });
    }
  }
  if (unreachable.length === 0) return;
  const message = "Unable to validate the following destination configurations";
  throw new AwsError("InvalidArgument", message, 400, Object.assign({}, ...unreachable));
};

/** AWS: of a function nothing is told but that S3 may not invoke it. */
const reasonOf = ({ kind, arn }: Destination, error: unknown): readonly [string, string] => {
  if (kind === "function") return [`${arn}, null`, `Not authorized to invoke function [${arn}]`];
  if (!/^(?:AccessDenied|AuthorizationError|KMS)/.test(errorCode(error)))
    return [arn, `The destination ${kind} does not exist`];
  return [arn, `Permissions on the destination ${kind} do not allow S3 to publish notifications from this bucket`];
};

const tryOut = async (ctx: Context, bucket: BucketRecord, destination: Destination): Promise<void> => {
  if (destination.kind === "function") {
    await ctx
      .as(s3For(bucket, ctx.partition))
      .call("lambda", "Invoke", { FunctionName: destination.arn, InvocationType: "DryRun" });
    return;
  }
  const test = {
    Service: "Amazon S3",
    Event: "s3:TestEvent",
    Bucket: bucket.name,
    RequestId: ctx.requestId,
    HostId: "aloft",
  };
  await deliver(ctx, bucket, destination, JSON.stringify(test));
};

/** Only to find a queue's address; the message itself is S3's to send. */
const owner = (bucket: Whose) => rootOf(bucket.account);
