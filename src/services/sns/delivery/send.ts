import { parseArn } from "../../../kernel/arn.ts";
import { errorMessage, isRefusal } from "../../../kernel/errors.ts";
import { effectiveSubscriptionPolicy } from "../deliveryPolicy.ts";
import type { MessageRecord, SubscriptionRecord, TopicRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { envelope, lambdaEvent, textFor } from "./envelope.ts";
import type { Parcel, Receipt } from "./parcel.ts";
import { post } from "./post.ts";
import { DeliveryRefused } from "./refused.ts";

/** Sends one message to one receiver, and answers what that said, if it says anything. Throws when it did not take it. */
export const send = async (room: Room, parcel: Parcel, signal: AbortSignal): Promise<Receipt | undefined> => {
  const { subscription, topic, message } = parcel;
  switch (subscription.protocol) {
    case "lambda":
      return sendToFunction(room, parcel);
    case "sqs":
      return sendToQueue(room, parcel, subscription.endpoint);
    case "http":
    case "https": {
      const { headerContentType: contentType } = effectiveSubscriptionPolicy(subscription, topic).requestPolicy;
      const body = await bodyFor(room, parcel);
      const posted = { type: "Notification", messageId: message.messageId, body, contentType };
      return post(subscription, { ...posted, raw: isRaw(subscription) }, signal);
    }
    default:
      // Email and text messages have no way out of this machine; the topic's kept messages show them.
      return undefined;
  }
};

/** SNS, in the region of a receiver. AWS: a message passes its trace on. */
const asService = (
  { contextAs, account }: Room,
  { subscription: { topicArn }, message }: Parcel,
  receiverArn: string,
) =>
  contextAs(
    { kind: "service", account, service: "sns.amazonaws.com", sourceArn: topicArn },
    undefined,
    parseArn(receiverArn)?.region,
  ).traced(message.traceHeader);

const sendToFunction = async (room: Room, parcel: Parcel): Promise<Receipt> => {
  const { subscription } = parcel;
  const event = lambdaEvent(await envelope(room, parcel), subscription);
  const { StatusCode = 202 } = await unlessRefused(
    asService(room, parcel, subscription.endpoint).call("lambda", "Invoke", {
      FunctionName: subscription.endpoint,
      InvocationType: "Event",
      Payload: Buffer.from(JSON.stringify(event)),
    }),
  );
  return { statusCode: StatusCode, response: "{}" };
};

/** Sends a message to a queue: the subscription's own, or the one for what it could not take. */
export const sendToQueue = async (room: Room, parcel: Parcel, queueArn: string): Promise<Receipt> => {
  const { subscription, topic, message } = parcel;
  const { account = "", resource = "" } = parseArn(queueArn) ?? {};
  const { MessageId: sqsMessageId } = await unlessRefused(
    asService(room, parcel, queueArn).call("sqs", "SendMessage", {
      QueueUrl: `${room.endpoint()}/${account}/${resource}`,
      MessageBody: await bodyFor(room, parcel),
      // AWS: raw, a message keeps its attributes as the queue's own.
      ...(isRaw(subscription) ? { MessageAttributes: queueAttributes(message) } : {}),
      ...(message.traceHeader === undefined
        ? {}
        : { MessageSystemAttributes: { AWSTraceHeader: { DataType: "String", StringValue: message.traceHeader } } }),
      ...groupOf(topic, message, resource.endsWith(".fifo")),
    }),
  );
  return { statusCode: 200, response: JSON.stringify({ sqsMessageId }) };
};

/** AWS: of a FIFO topic's message a standard queue learns no group; of a standard topic's it does, for fair queues. */
const groupOf = (topic: TopicRecord, { groupId, deduplicationId, messageId }: MessageRecord, isFifo: boolean) => ({
  ...(groupId === undefined || (topic.fifo && !isFifo) ? {} : { MessageGroupId: groupId }),
  ...(groupId === undefined || !isFifo ? {} : { MessageDeduplicationId: deduplicationId ?? messageId }),
});

/** AWS: what a receiver refuses as a mistake of the caller's, such as a policy that is missing, is not tried again. */
const unlessRefused = async <T>(call: Promise<T>): Promise<T> => {
  try {
    return await call;
  } catch (error) {
    throw isRefusal(error) && !isPassing(error) ? new DeliveryRefused(errorMessage(error)) : error;
  }
};

/** Refusals that a later try may not meet. */
const isPassing = (error: unknown): boolean =>
  error instanceof Error &&
  (/TooManyRequests|Throttl|ServiceException|ServiceUnavailable|OverLimit/.test(error.name) ||
    ("$fault" in error && error.$fault === "server"));

const bodyFor = async (room: Room, parcel: Parcel): Promise<string> =>
  isRaw(parcel.subscription)
    ? textFor(parcel.subscription, parcel.message)
    : JSON.stringify(await envelope(room, parcel), undefined, 2);

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
