import { parseArn } from "../../../kernel/arn.ts";
import { DELIVERY_TIMEOUT_MS } from "../limits.ts";
import type { MessageRecord, SubscriptionRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { envelope, lambdaEvent, textFor } from "./envelope.ts";

/** Sends one message to one receiver. Throws when it did not take it. */
export const send = async (
  room: Room,
  subscription: SubscriptionRecord,
  message: MessageRecord,
  signal: AbortSignal,
): Promise<void> => {
  switch (subscription.protocol) {
    case "lambda":
      return sendToFunction(room, subscription, message);
    case "sqs":
      return sendToQueue(room, subscription, message);
    case "http":
    case "https":
      return post(subscription, bodyFor(room, subscription, message), "Notification", signal);
    default:
      // Email and text messages have no way out of this machine; the topic's kept messages show them.
      return undefined;
  }
};

const asService = (room: Room, subscription: SubscriptionRecord) =>
  room.contextAs({
    kind: "service",
    account: room.account,
    service: "sns.amazonaws.com",
    sourceArn: subscription.topicArn,
  });

const sendToFunction = async (room: Room, subscription: SubscriptionRecord, message: MessageRecord): Promise<void> => {
  await asService(room, subscription).call("lambda", "Invoke", {
    FunctionName: subscription.endpoint,
    InvocationType: "Event",
    Payload: Buffer.from(JSON.stringify(lambdaEvent(message, subscription, room.endpoint()))),
  });
};

/** Sends a message to a queue: the subscription's own, or the one for what it could not take. */
export const sendToQueue = async (
  room: Room,
  subscription: SubscriptionRecord,
  message: MessageRecord,
  queueArn = subscription.endpoint,
): Promise<void> => {
  const { account = "", resource = "" } = parseArn(queueArn) ?? {};
  await asService(room, subscription).call("sqs", "SendMessage", {
    QueueUrl: `${room.endpoint()}/${account}/${resource}`,
    MessageBody: bodyFor(room, subscription, message),
    // AWS: raw, a message keeps its attributes as the queue's own.
    ...(isRaw(subscription) ? { MessageAttributes: queueAttributes(message) } : {}),
    ...(message.groupId === undefined || !resource.endsWith(".fifo")
      ? {}
      : { MessageGroupId: message.groupId, MessageDeduplicationId: message.deduplicationId ?? message.messageId }),
  });
};

const bodyFor = (room: Room, subscription: SubscriptionRecord, message: MessageRecord): string =>
  isRaw(subscription)
    ? textFor(subscription, message)
    : JSON.stringify(envelope(message, subscription, room.endpoint()));

const isRaw = ({ attributes }: SubscriptionRecord): boolean => attributes["RawMessageDelivery"] === "true";

const queueAttributes = ({ attributes }: MessageRecord) =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { type, value }]) => [
      name,
      type === "Binary"
        ? { DataType: type, BinaryValue: Buffer.from(value, "base64") }
        : { DataType: type, StringValue: value },
    ]),
  );

/** Posts to an address of this machine; anything farther is refused, since nothing here may speak to the world. */
export const post = async (
  subscription: SubscriptionRecord,
  body: string,
  type: string,
  signal: AbortSignal,
): Promise<void> => {
  const { hostname } = new URL(subscription.endpoint);
  if (!LOOPBACK.test(hostname))
    throw new Error(`${hostname} is not on this machine, and SNS here delivers nowhere else`);
  const response = await fetch(subscription.endpoint, {
    method: "POST",
    headers: {
      "content-type": "text/plain; charset=UTF-8",
      "x-amz-sns-message-type": type,
      "x-amz-sns-topic-arn": subscription.topicArn,
      "x-amz-sns-subscription-arn": subscription.arn,
      ...(type === "Notification" && isRaw(subscription) ? { "x-amz-sns-rawdelivery": "true" } : {}),
    },
    body,
    signal: AbortSignal.any([signal, AbortSignal.timeout(DELIVERY_TIMEOUT_MS)]),
  });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${subscription.endpoint} answered ${response.status}`);
};

const LOOPBACK = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/;
