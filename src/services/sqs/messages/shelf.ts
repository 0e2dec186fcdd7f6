import type { MessageRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { forgetGroups, joinGroup, leaveGroup } from "./groups.ts";

type Shelves = Pick<Room, "messages" | "due" | "grouped" | "turns" | "lines">;
/** Puts a message in its queue, with the time from which it may be received. */
export const place = (room: Shelves, message: MessageRecord): void => {
  shelve(room, message);
  if (isFifo(message)) joinGroup(room, message);
};

const shelve = ({ messages, due }: Shelves, message: MessageRecord): void => {
  const { queue, sequence, visibleAt } = message;
  messages.put([queue, sequence], message);
  due.put([queue, visibleAt, sequence], { sequence, visibleAt });
};

const isFifo = ({ queue }: MessageRecord): boolean => queue.endsWith(".fifo");

/** Takes a message out of its queue. */
export const remove = (room: Shelves, message: MessageRecord): void => {
  unshelve(room, message);
  if (isFifo(message)) leaveGroup(room, message);
};

const unshelve = ({ messages, due }: Shelves, { queue, sequence, visibleAt }: MessageRecord): void => {
  messages.delete([queue, sequence]);
  due.delete([queue, visibleAt, sequence]);
};

/** Changes a message in its place. */
export const change = (room: Shelves, message: MessageRecord, changes: Partial<MessageRecord>): MessageRecord => {
  const changed = { ...message, ...changes };
  unshelve(room, message);
  shelve(room, changed);
  return changed;
};

/** Takes everything out of a queue. */
export const empty = (room: Shelves, queue: string): void => {
  room.messages.clear({ prefix: [queue] });
  room.due.clear({ prefix: [queue] });
  forgetGroups(room, queue);
};

/** The next place in a queue. */
export const nextSequence = ({ sequences }: Pick<Room, "sequences">, queue: string): number => {
  const sequence = (sequences.get(queue) ?? 0) + 1;
  sequences.put(queue, sequence);
  return sequence;
};

/** When the next message that is out of sight comes back; undefined when there is none. */
export const nextDue = ({ due }: Pick<Room, "due">, queue: string, now: number): number | undefined => {
  for (const { value } of due.range({ gte: [queue, now + 1], lt: [queue, Number.MAX_SAFE_INTEGER], limit: 1 })) {
    return value.visibleAt;
  }
  return undefined;
};
