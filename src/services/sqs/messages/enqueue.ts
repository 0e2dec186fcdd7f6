import { createHash } from "node:crypto";
import { attributesOf, milliseconds } from "../attributes.ts";
import { DEDUPLICATION_WINDOW_MS } from "../limits.ts";
import type { AttributeRecord, MessageRecord, QueueRecord, SentRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { attributesFrom, bytesOf, checkFifo, checkMessage } from "./check.ts";
import type { Outgoing } from "./outgoing.ts";
import { nextSequence, place } from "./shelf.ts";

/** Who sends a message, and in which trace. */
export interface Sender {
  readonly id: string;
  readonly traceId: string | undefined;
}

/** Puts a message into a queue; a FIFO queue answers one sent twice with the first. */
export const enqueue = (room: Room, queue: QueueRecord, outgoing: Outgoing, sender: Sender): SentRecord => {
  const attributes = attributesFrom(outgoing.MessageAttributes);
  checkMessage(queue, outgoing, attributes);
  if (queue.fifo) checkFifo(queue, outgoing);
  const deduplicationId = queue.fifo ? deduplicationIdOf(outgoing) : outgoing.MessageDeduplicationId;
  const now = room.clock.now();
  return room.records.atomically(() => {
    const key = [queue.name, scopeOf(queue, outgoing), deduplicationId ?? ""];
    const before = queue.fifo ? room.sent.get(key) : undefined;
    if (before && before.sentAt > now - DEDUPLICATION_WINDOW_MS) return before;
    const message = newMessage(room, queue, outgoing, { attributes, sender, now, deduplicationId });
    const sent = { messageId: message.id, sequence: message.sequence, sentAt: now };
    place(room, message);
    if (queue.fifo) remember(room, key, sent);
    room.arrivals.announce(queue.name);
    room.meter("NumberOfMessagesSent", queue.name);
    room.meter("SentMessageSize", queue.name, bytesOf(outgoing.MessageBody, attributes));
    return sent;
  });
};

const FIRST_SEQUENCE = 18_849_496_460_467_696_128n;
const SEQUENCE_STEP = 256n;

/** AWS: twenty digits that grow, in steps of this size. */
export const sequenceNumber = (sequence: number): string => String(FIRST_SEQUENCE + BigInt(sequence) * SEQUENCE_STEP);

interface Sending {
  readonly attributes: Readonly<Record<string, AttributeRecord>>;
  readonly sender: Sender;
  readonly now: number;
  readonly deduplicationId: string | undefined;
}

const newMessage = (room: Room, queue: QueueRecord, outgoing: Outgoing, sending: Sending): MessageRecord => {
  const { attributes, sender, now, deduplicationId } = sending;
  // AWS: a message of a FIFO queue has no delay of its own; the zero that some clients send is none.
  const own = queue.fifo ? undefined : outgoing.DelaySeconds;
  const delayMs = own === undefined ? milliseconds(queue, "DelaySeconds") : own * 1000;
  // AWS: a message belongs to the trace of the request that sent it, unless it says otherwise.
  const traceHeader = outgoing.MessageSystemAttributes?.["AWSTraceHeader"]?.StringValue ?? sender.traceId;
  return {
    queue: queue.name,
    sequence: nextSequence(room, queue.name),
    id: room.ids.uuid(),
    body: outgoing.MessageBody,
    attributes,
    senderId: sender.id,
    sentAt: now,
    visibleAt: now + delayMs,
    receiveCount: 0,
    ...(traceHeader === undefined ? {} : { traceHeader }),
    ...(outgoing.MessageGroupId === undefined ? {} : { groupId: outgoing.MessageGroupId }),
    ...(deduplicationId === undefined ? {} : { deduplicationId }),
  };
};

/** AWS: what a message of a FIFO queue has none of is made of its body. */
const deduplicationIdOf = ({ MessageDeduplicationId, MessageBody }: Outgoing): string =>
  MessageDeduplicationId ?? createHash("sha256").update(MessageBody).digest("hex");

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
