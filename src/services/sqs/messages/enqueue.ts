import { createHash } from "node:crypto";
import { attributesOf, milliseconds } from "../attributes.ts";
import { invalidMessageContents, invalidParameter, missingParameter } from "../errors.ts";
import { DEDUPLICATION_WINDOW_MS, MAX_DELAY_SECONDS, MAX_MESSAGE_ATTRIBUTES } from "../limits.ts";
import type { AttributeRecord, MessageRecord, QueueRecord, SentRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { nextSequence, place } from "./shelf.ts";

/** A message as SendMessage and SendMessageBatch bring it. */
export interface Outgoing {
  readonly MessageBody: string;
  readonly DelaySeconds?: number | undefined;
  readonly MessageAttributes?: Readonly<Record<string, OutgoingAttribute>> | undefined;
  readonly MessageSystemAttributes?: { readonly [name: string]: OutgoingAttribute | undefined } | undefined;
  readonly MessageDeduplicationId?: string | undefined;
  readonly MessageGroupId?: string | undefined;
}

export interface OutgoingAttribute {
  readonly DataType?: string | undefined;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}

/** Puts a message into a queue; a FIFO queue answers one sent twice with the first. */
export const enqueue = (room: Room, queue: QueueRecord, outgoing: Outgoing, senderId: string): SentRecord => {
  const attributes = attributesFrom(outgoing);
  checkMessage(queue, outgoing, attributes);
  const deduplicationId = queue.fifo ? deduplicationIdOf(queue, outgoing) : outgoing.MessageDeduplicationId;
  const now = room.clock.now();
  return room.records.atomically(() => {
    const key = [queue.name, scopeOf(queue, outgoing), deduplicationId ?? ""];
    const before = queue.fifo ? room.sent.get(key) : undefined;
    if (before && before.sentAt > now - DEDUPLICATION_WINDOW_MS) return before;
    const message = newMessage(room, queue, outgoing, { attributes, senderId, now, deduplicationId });
    const sent = { messageId: message.id, sequence: message.sequence, sentAt: now };
    place(room, message);
    if (queue.fifo) remember(room, key, sent);
    room.arrivals.announce(queue.name);
    return sent;
  });
};

/** AWS: twenty digits that grow. */
export const sequenceNumber = (sequence: number): string => `188${String(sequence).padStart(17, "0")}`;

interface Sending {
  readonly attributes: Readonly<Record<string, AttributeRecord>>;
  readonly senderId: string;
  readonly now: number;
  readonly deduplicationId: string | undefined;
}

const newMessage = (room: Room, queue: QueueRecord, outgoing: Outgoing, sending: Sending): MessageRecord => {
  const { attributes, senderId, now, deduplicationId } = sending;
  const delayMs =
    outgoing.DelaySeconds === undefined ? milliseconds(queue, "DelaySeconds") : outgoing.DelaySeconds * 1000;
  const traceHeader = outgoing.MessageSystemAttributes?.["AWSTraceHeader"]?.StringValue;
  return {
    queue: queue.name,
    sequence: nextSequence(room, queue.name),
    id: room.ids.uuid(),
    body: outgoing.MessageBody,
    attributes,
    senderId,
    sentAt: now,
    visibleAt: now + delayMs,
    receiveCount: 0,
    ...(traceHeader === undefined ? {} : { traceHeader }),
    ...(outgoing.MessageGroupId === undefined ? {} : { groupId: outgoing.MessageGroupId }),
    ...(deduplicationId === undefined ? {} : { deduplicationId }),
  };
};

export const attributesFrom = ({ MessageAttributes = {} }: Outgoing): Readonly<Record<string, AttributeRecord>> =>
  Object.fromEntries(Object.entries(MessageAttributes).map(([name, value]) => [name, attributeFrom(name, value)]));

const attributeFrom = (
  name: string,
  { DataType = "", StringValue, BinaryValue }: OutgoingAttribute,
): AttributeRecord => {
  if (!/^(String|Number|Binary)(\.|$)/.test(DataType)) {
    throw invalidParameter(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  if (DataType.startsWith("Binary") && BinaryValue !== undefined && BinaryValue.byteLength > 0) {
    return { type: DataType, value: Buffer.from(BinaryValue).toString("base64"), binary: true };
  }
  if (!DataType.startsWith("Binary") && StringValue) return { type: DataType, value: StringValue, binary: false };
  throw invalidParameter(
    `The message attribute '${name}' must contain a non-empty message attribute value for message attribute type '${DataType}'.`,
  );
};

/** The bytes a message counts: its body with the names, types and values of its attributes. */
export const bytesOf = (body: string, attributes: Readonly<Record<string, AttributeRecord>>): number =>
  Object.entries(attributes).reduce(
    (sum, [name, { type, value, binary }]) =>
      sum + Buffer.byteLength(name) + Buffer.byteLength(type) + Buffer.byteLength(value, binary ? "base64" : "utf8"),
    Buffer.byteLength(body),
  );

// biome-ignore lint/suspicious/noControlCharactersInRegex: which control characters a message may not hold is the point.
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u;

const checkMessage = (
  queue: QueueRecord,
  { MessageBody, DelaySeconds, MessageGroupId }: Outgoing,
  attributes: Readonly<Record<string, AttributeRecord>>,
): void => {
  if (MessageBody === "") throw missingParameter("MessageBody");
  if (FORBIDDEN.test(MessageBody)) throw invalidMessageContents();
  if (Object.keys(attributes).length > MAX_MESSAGE_ATTRIBUTES) {
    throw invalidParameter(
      `Number of message attributes [${Object.keys(attributes).length}] exceeds the allowed maximum [${MAX_MESSAGE_ATTRIBUTES}].`,
    );
  }
  const limit = Number(attributesOf(queue)["MaximumMessageSize"]);
  if (bytesOf(MessageBody, attributes) > limit) {
    throw invalidParameter(`One or more parameters are invalid. Reason: Message must be shorter than ${limit} bytes.`);
  }
  if (DelaySeconds !== undefined && (DelaySeconds < 0 || DelaySeconds > MAX_DELAY_SECONDS)) {
    throw invalidParameter(
      `Value ${DelaySeconds} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= ${MAX_DELAY_SECONDS}.`,
    );
  }
  if (!queue.fifo) return;
  if (!MessageGroupId) throw missingParameter("MessageGroupId");
  if (DelaySeconds) {
    throw invalidParameter(
      `Value ${DelaySeconds} for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.`,
    );
  }
};

const deduplicationIdOf = (queue: QueueRecord, { MessageDeduplicationId, MessageBody }: Outgoing): string => {
  if (MessageDeduplicationId) return MessageDeduplicationId;
  if (attributesOf(queue)["ContentBasedDeduplication"] !== "true") {
    throw invalidParameter(
      "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
    );
  }
  return createHash("sha256").update(MessageBody).digest("hex");
};

const scopeOf = (queue: QueueRecord, { MessageGroupId }: Outgoing): string =>
  attributesOf(queue)["DeduplicationScope"] === "messageGroup" ? (MessageGroupId ?? "") : "";

/** So many sends pay for one look at all that is remembered. */
const SWEEP_EVERY = 256;

/** Keeps what was sent for the window, and lets go of what is older. */
const remember = ({ sent }: Room, key: readonly string[], record: SentRecord): void => {
  const [queue = ""] = key;
  sent.put(key, record);
  if (record.sequence % SWEEP_EVERY !== 0) return;
  for (const { key: old, value } of sent.range({ prefix: [queue] })) {
    if (value.sentAt <= record.sentAt - DEDUPLICATION_WINDOW_MS) sent.delete(old);
  }
};
