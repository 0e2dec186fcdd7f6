import type { MessageRecord } from "../records.ts";
import type { Room } from "../room.ts";

type Groups = Pick<Room, "grouped" | "turns" | "lines">;

/** Puts a message of a FIFO queue behind the others of its group; a group that is new goes to the end of the line. */
export const joinGroup = (room: Groups, { queue, sequence, groupId = "" }: MessageRecord): void => {
  room.grouped.put([queue, groupId, sequence], sequence);
  if (room.turns.get([queue, groupId]) === undefined) toTheEnd(room, queue, groupId);
};

export const leaveGroup = ({ grouped }: Groups, { queue, sequence, groupId = "" }: MessageRecord): void => {
  grouped.delete([queue, groupId, sequence]);
};

/** AWS: a group that messages were received of waits until the others had their turn. */
export const toTheEnd = ({ turns, lines }: Groups, queue: string, group: string): void => {
  leaveLine({ turns, lines }, queue, group);
  const last = [...lines.range({ prefix: [queue], reverse: true, limit: 1 })][0]?.value.turn ?? 0;
  const turn = last + 1;
  turns.put([queue, group], turn);
  lines.put([queue, turn], { group, turn });
};

const leaveLine = ({ turns, lines }: Pick<Groups, "turns" | "lines">, queue: string, group: string): void => {
  const turn = turns.get([queue, group]);
  if (turn === undefined) return;
  lines.delete([queue, turn]);
  turns.delete([queue, group]);
};

/** The messages that may be received, group by group. AWS: as many of one group as there are, before those of the next. */
export function* inGroupOrder(room: Room, queue: string, now: number): Iterable<MessageRecord> {
  for (const { value: line } of [...room.lines.range({ prefix: [queue] })]) {
    let isEmpty = true;
    for (const { value: sequence } of [...room.grouped.range({ prefix: [queue, line.group] })]) {
      const message = room.messages.get([queue, sequence]);
      if (!message) continue;
      isEmpty = false;
      // AWS: while a message of a group is out of sight, none of those behind it is received.
      if (message.visibleAt > now) break;
      yield message;
    }
    if (isEmpty) leaveLine(room, queue, line.group);
  }
}

/** Forgets a queue's groups, with all that was in them. */
export const forgetGroups = ({ grouped, turns, lines }: Groups, queue: string): void => {
  for (const collection of [grouped, turns, lines]) collection.clear({ prefix: [queue] });
};
