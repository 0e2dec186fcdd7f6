import type { MessageRecord } from "../records.ts";
import type { Room } from "../room.ts";

type Shelves = Pick<Room, "messages" | "due">;

/** Puts a message in its queue, with the time from which it may be received. */
export const place = ({ messages, due }: Shelves, message: MessageRecord): void => {
  const { queue, sequence, visibleAt } = message;
  messages.put([queue, sequence], message);
  due.put([queue, visibleAt, sequence], { sequence, visibleAt });
};

/** Takes a message out of its queue. */
export const remove = ({ messages, due }: Shelves, { queue, sequence, visibleAt }: MessageRecord): void => {
  messages.delete([queue, sequence]);
  due.delete([queue, visibleAt, sequence]);
};

/** Changes a message in its place. */
export const change = (room: Shelves, message: MessageRecord, changes: Partial<MessageRecord>): MessageRecord => {
  const changed = { ...message, ...changes };
  remove(room, message);
  place(room, changed);
  return changed;
};

/** Takes everything out of a queue. */
export const empty = ({ messages, due }: Shelves, queue: string): void => {
  messages.clear({ prefix: [queue] });
  due.clear({ prefix: [queue] });
};

/** The next place in a queue. */
export const nextSequence = ({ sequences }: Pick<Room, "sequences">, queue: string): number => {
  const sequence = (sequences.get(queue) ?? 0) + 1;
  sequences.put(queue, sequence);
  return sequence;
};

/** When the next message that is out of sight comes back; undefined when there is none. */
export const nextDue = ({ due }: Shelves, queue: string, now: number): number | undefined => {
  for (const { value } of due.range({ gte: [queue, now + 1], lt: [queue, Number.MAX_SAFE_INTEGER], limit: 1 })) {
    return value.visibleAt;
  }
  return undefined;
};
