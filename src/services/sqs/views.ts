import { attributesDigest, md5 } from "./digest.ts";
import { sequenceNumber } from "./messages/enqueue.ts";
import { handleOf } from "./messages/handles.ts";
import type { AttributeRecord, MessageRecord } from "./records.ts";

/** A message as its receiver asked for it. */
export const messageView = (message: MessageRecord, system: readonly string[], names: readonly string[]) => {
  const attributes = Object.fromEntries(Object.entries(message.attributes).filter(([name]) => isAsked(name, names)));
  const digest = attributesDigest(attributes);
  const chosen = Object.entries(systemAttributes(message)).filter(
    ([name]) => system.includes("All") || system.includes(name),
  );
  return {
    MessageId: message.id,
    ReceiptHandle: handleOf(message),
    Body: message.body,
    MD5OfBody: md5(message.body),
    ...(chosen.length === 0 ? {} : { Attributes: Object.fromEntries(chosen) }),
    ...(digest === undefined
      ? {}
      : { MD5OfMessageAttributes: digest, MessageAttributes: mapValues(attributes, attributeView) }),
  };
};

const mapValues = <V, W>(map: Readonly<Record<string, V>>, view: (value: V) => W): Record<string, W> =>
  Object.fromEntries(Object.entries(map).map(([name, value]) => [name, view(value)]));

const attributeView = ({ type, value, binary }: AttributeRecord) => ({
  DataType: type,
  ...(binary ? { BinaryValue: Buffer.from(value, "base64") } : { StringValue: value }),
});

/** AWS: names, `All`, `*`, `.*`, or what begins as `prefix.*` says. */
const isAsked = (name: string, asked: readonly string[]): boolean =>
  asked.some(
    (each) =>
      each === name ||
      each === "All" ||
      each === "*" ||
      each === ".*" ||
      (each.endsWith(".*") && name.startsWith(each.slice(0, -2))),
  );

const systemAttributes = (message: MessageRecord): Readonly<Record<string, string>> => ({
  SenderId: message.senderId,
  SentTimestamp: String(message.sentAt),
  ApproximateReceiveCount: String(message.receiveCount),
  ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? message.sentAt),
  ...(message.groupId === undefined ? {} : { MessageGroupId: message.groupId }),
  ...(message.deduplicationId === undefined
    ? {}
    : { MessageDeduplicationId: message.deduplicationId, SequenceNumber: sequenceNumber(message.sequence) }),
  ...(message.traceHeader === undefined ? {} : { AWSTraceHeader: message.traceHeader }),
  ...(message.deadLetterSource === undefined ? {} : { DeadLetterQueueSourceArn: message.deadLetterSource }),
});
