import { queueByArn } from "../find.ts";
import { nextSequence, place, remove } from "../messages/shelf.ts";
import type { MessageRecord, MoveRecord, QueueRecord } from "../records.ts";
import type { Room } from "../room.ts";

/** Moves in one turn, where no rate was asked for; so a large queue keeps nobody waiting. */
const MOVES_PER_TURN = 100;
const SECOND_MS = 1000;

const keyOf = ({ source, startedAt, id }: MoveRecord) => [source, startedAt, id];

/** The moves of a queue, the latest first. */
export const movesOf = ({ moves }: Pick<Room, "moves">, source: string): readonly MoveRecord[] =>
  [...moves.range({ prefix: [source], reverse: true })].map(({ value }) => value);

export const isActive = ({ status }: MoveRecord): boolean => status === "RUNNING" || status === "CANCELLING";

export const putMove = ({ moves }: Pick<Room, "moves">, move: MoveRecord): void => moves.put(keyOf(move), move);

/** Runs a move in the background to its end. */
export const runMove = (room: Room, { id, source }: MoveRecord): void =>
  room.tasks.spawn(`the move of the messages of ${source}`, async (signal) => {
    for (;;) {
      const move = movesOf(room, source).find((each) => each.id === id);
      // Its queue was deleted meanwhile.
      if (!move || !isActive(move)) return;
      const next = room.records.atomically(() => step(room, move));
      putMove(room, next);
      if (!isActive(next)) return;
      if (next.maxPerSecond === undefined) await new Promise((resolve) => setImmediate(resolve));
      else await room.clock.sleep(SECOND_MS / next.maxPerSecond, signal);
      if (signal.aborted) return;
    }
  });

/** Takes up what was under way when the process ended. */
export const resumeMoves = (room: Room): void => {
  for (const { value } of room.moves.range({})) if (isActive(value)) runMove(room, value);
};

const step = (room: Room, move: MoveRecord): MoveRecord => {
  if (move.status === "CANCELLING") return { ...move, status: "CANCELLED" };
  let { moved } = move;
  const max = moved + (move.maxPerSecond === undefined ? MOVES_PER_TURN : 1);
  for (const message of visibleMessages(room, move.source)) {
    if (moved === max) return { ...move, moved };
    const target = targetOf(room, move, message);
    if (typeof target === "string") return { ...move, moved, status: "FAILED", failureReason: target };
    putAnew(room, target, message);
    moved++;
  }
  return { ...move, moved, status: "COMPLETED" };
};

const visibleMessages = ({ due, messages, clock }: Room, queue: string): readonly MessageRecord[] =>
  [...due.range({ gte: [queue], lt: [queue, clock.now() + 1], limit: MOVES_PER_TURN + 1 })].flatMap(({ value }) => {
    const message = messages.get([queue, value.sequence]);
    return message ? [message] : [];
  });

/** Where a message goes, or why it cannot. */
const targetOf = (room: Room, { destinationArn }: MoveRecord, message: MessageRecord): QueueRecord | string => {
  const arn = destinationArn ?? message.deadLetterSource;
  if (arn === undefined) return "CouldNotDetermineMessageSource";
  return queueByArn(room, arn) ?? "AWS.SimpleQueueService.NonExistentQueue";
};

/** AWS: a message that is moved is a new one, with an id and a time of its own. */
const putAnew = (room: Room, target: QueueRecord, message: MessageRecord): void => {
  const { receipt: _receipt, firstReceivedAt: _first, deadLetterSource: _source, ...kept } = message;
  const now = room.clock.now();
  remove(room, message);
  place(room, {
    ...kept,
    queue: target.name,
    sequence: nextSequence(room, target.name),
    id: room.ids.uuid(),
    sentAt: now,
    visibleAt: now,
    receiveCount: 0,
  });
  room.arrivals.announce(target.name);
};
