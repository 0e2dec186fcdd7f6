import { attributesOf, milliseconds, redriveOf } from "../attributes.ts";
import { queueByArn } from "../find.ts";
import type { MessageRecord, QueueRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { inGroupOrder, toTheEnd } from "./groups.ts";
import { change, nextSequence, place, remove } from "./shelf.ts";

/** Receives up to `max` messages: they are out of sight until `visibilityMs` from now. */
export const take = (room: Room, queue: QueueRecord, max: number, visibilityMs: number): readonly MessageRecord[] =>
  room.records.atomically(() => {
    const now = room.clock.now();
    const taken: MessageRecord[] = [];
    const expiredBefore = now - milliseconds(queue, "MessageRetentionPeriod");
    for (const message of queue.fifo ? inGroupOrder(room, queue.name, now) : dueMessages(room, queue, now)) {
      if (message.sentAt < expiredBefore) remove(room, message);
      else if (!giveUp(room, queue, message)) taken.push(receive(room, message, now, visibilityMs));
      if (taken.length === max) break;
    }
    if (queue.fifo)
      for (const group of new Set(taken.map(({ groupId = "" }) => groupId))) toTheEnd(room, queue.name, group);
    return taken;
  });

const receive = (room: Room, message: MessageRecord, now: number, visibilityMs: number): MessageRecord =>
  change(room, message, {
    visibleAt: now + visibilityMs,
    receiveCount: message.receiveCount + 1,
    firstReceivedAt: message.firstReceivedAt ?? now,
    receipt: room.ids.hex(16),
  });

function* dueMessages({ due, messages }: Room, { name }: QueueRecord, now: number): Iterable<MessageRecord> {
  // With a visibility of zero a message is due again at once; one call receives it only once.
  const seen = new Set<number>();
  for (const { value } of due.range({ gte: [name], lt: [name, now + 1] })) {
    const message = seen.has(value.sequence) ? undefined : messages.get([name, value.sequence]);
    seen.add(value.sequence);
    if (message) yield message;
  }
}

/** Moves a message that was received too often to the dead-letter queue. */
const giveUp = (room: Room, queue: QueueRecord, message: MessageRecord): boolean => {
  const redrive = redriveOf(attributesOf(queue)["RedrivePolicy"] ?? "");
  if (!redrive || message.receiveCount < redrive.maxReceiveCount) return false;
  const target = queueByArn(room, redrive.targetArn);
  if (!target) return false;
  remove(room, message);
  const { receipt: _receipt, ...kept } = message;
  place(room, {
    ...kept,
    queue: target.name,
    sequence: nextSequence(room, target.name),
    visibleAt: room.clock.now(),
    deadLetterSource: queue.arn,
  });
  room.arrivals.announce(target.name);
  return true;
};

/** How many messages a queue holds, by what may be done with them. */
export const countMessages = ({ due, messages }: Room, { name }: QueueRecord, now: number) => {
  const visible = due.count({ gte: [name], lt: [name, now + 1] });
  let delayed = 0;
  let inFlight = 0;
  for (const { value } of due.range({ gte: [name, now + 1], lt: [name, Number.MAX_SAFE_INTEGER] })) {
    if (messages.get([name, value.sequence])?.receipt === undefined) delayed++;
    else inFlight++;
  }
  return { visible, delayed, inFlight };
};
