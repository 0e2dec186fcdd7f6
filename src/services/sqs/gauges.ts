import { MINUTE_MS } from "../../kernel/metrics.ts";
import { countMessages } from "./messages/take.ts";
import type { QueueRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** AWS: a queue is told of for six hours after it was last used. */
const ACTIVE_MS = 6 * 60 * MINUTE_MS;
/** Minutes that nobody looked at and that are made up for. */
const MAX_MISSED_MINUTES = 60;

/** Records, once a minute, how many messages each queue holds and how old they are. */
export const lookAtQueues = (room: Room): void => {
  const now = room.clock.now();
  const minute = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  for (const { value: queue } of room.queues.range()) {
    const before = room.glances.get(queue.name) ?? { minute: minute - MINUTE_MS, idleSince: now };
    if (before.minute >= minute) continue;
    const lengths = lengthsOf(room, queue, now);
    const isEmpty = lengths.every(([, value]) => value === 0);
    const idleSince = isEmpty ? before.idleSince : now;
    room.glances.set(queue.name, { minute, idleSince });
    if (now - idleSince > ACTIVE_MS) continue;
    // Whoever uses a queue brings a look about, so that it stood like this in the minutes without one.
    const first = Math.max(before.minute + MINUTE_MS, minute - MAX_MISSED_MINUTES * MINUTE_MS);
    for (let at = first; at <= minute; at += MINUTE_MS) {
      for (const [name, value] of lengths) room.meter(name, queue.name, value, at);
    }
  }
};

const lengthsOf = (room: Room, queue: QueueRecord, now: number) => {
  const { visible, delayed, inFlight } = countMessages(room, queue, now);
  return [
    ["ApproximateNumberOfMessagesVisible", visible],
    ["ApproximateNumberOfMessagesNotVisible", inFlight],
    ["ApproximateNumberOfMessagesDelayed", delayed],
    ["ApproximateAgeOfOldestMessage", ageOfOldest(room, queue, now)],
  ] as const;
};

/** In seconds. AWS: in a dead-letter queue a message is as old as it has lain there. */
const ageOfOldest = ({ messages }: Room, { name }: QueueRecord, now: number): number => {
  for (const { value } of messages.range({ prefix: [name], limit: 1 })) {
    const { deadLetterSource, receipt, sentAt, visibleAt } = value;
    const since = deadLetterSource !== undefined && receipt === undefined ? visibleAt : sentAt;
    return Math.floor((now - since) / 1000);
  }
  return 0;
};
