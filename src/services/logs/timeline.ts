import { DAY_MS } from "../../kernel/clock.ts";
import type { BatchRecord, GroupRecord, StreamRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** One event with its place in its stream. */
export interface TimelineEvent {
  readonly stream: string;
  readonly timestamp: number;
  readonly message: string;
  readonly ingestedAt: number;
  /** The batch's number, and the event's place in it: the order among events of one time. */
  readonly batch: number;
  readonly index: number;
}

/** Where in a stream something is. */
export type Position = Pick<TimelineEvent, "timestamp" | "batch" | "index">;

/** From when on a group still shows events. */
export const retainedSince = ({ retentionDays }: GroupRecord, now: number): number =>
  retentionDays === undefined ? 0 : now - retentionDays * DAY_MS;

export const comparePositions = (a: Position, b: Position): number =>
  a.timestamp - b.timestamp || a.batch - b.batch || a.index - b.index;

/** A stream's events from `start` (included) to `end` (not included), in order of time, read as they are asked for. */
export function* forward(
  { batches }: Pick<Room, "batches">,
  stream: StreamRecord,
  start: number,
  end: number,
): Generator<TimelineEvent> {
  const prefix = [stream.group, stream.name];
  // A batch that begins before `start` may still hold events after it.
  const range = { prefix, gte: [...prefix, start - stream.maxSpanMs], lt: [...prefix, end] };
  let waiting: TimelineEvent[] = [];
  for (const { key, value } of batches.range(range)) {
    const events = eventsOf(stream.name, batchNumber(key), value);
    const first = events[0]?.timestamp ?? 0;
    const done = waiting.findIndex(({ timestamp }) => timestamp >= first);
    yield* within(done < 0 ? waiting.splice(0) : waiting.splice(0, done), start, end);
    waiting = waiting.length === 0 ? events : [...waiting, ...events].sort(comparePositions);
  }
  yield* within(waiting, start, end);
}

/** The same, newest first. */
export function* backward(
  { batches }: Pick<Room, "batches">,
  stream: StreamRecord,
  start: number,
  end: number,
): Generator<TimelineEvent> {
  const prefix = [stream.group, stream.name];
  const range = { prefix, gte: [...prefix, start - stream.maxSpanMs], lt: [...prefix, end], reverse: true };
  let waiting: TimelineEvent[] = [];
  for (const { key, value } of batches.range(range)) {
    const events = eventsOf(stream.name, batchNumber(key), value).reverse();
    // Whatever comes later in this direction began no later than this batch, and spans no more than the widest.
    const latest = (events.at(-1)?.timestamp ?? 0) + stream.maxSpanMs;
    const done = waiting.findIndex(({ timestamp }) => timestamp <= latest);
    yield* within(done < 0 ? waiting.splice(0) : waiting.splice(0, done), start, end);
    waiting = waiting.length === 0 ? events : [...waiting, ...events].sort((a, b) => comparePositions(b, a));
  }
  yield* within(waiting, start, end);
}

/** Several streams as one, in order of time; streams of the same moment in order of name. */
export function* merged<E extends TimelineEvent>(streams: readonly Generator<E>[]): Generator<E> {
  const heads = streams.flatMap((events) => {
    const { value, done } = events.next();
    return done ? [] : [{ events, head: value }];
  });
  while (heads.length > 0) {
    let least = 0;
    for (let at = 1; at < heads.length; at++) {
      const [a, b] = [heads[at]?.head, heads[least]?.head];
      if (a && b && compareAcross(a, b) < 0) least = at;
    }
    const next = heads[least];
    if (!next) return;
    yield next.head;
    const { value, done } = next.events.next();
    if (done) heads.splice(least, 1);
    else next.head = value;
  }
}

export const compareAcross = (a: Position & { stream: string }, b: Position & { stream: string }): number =>
  a.timestamp - b.timestamp || (a.stream < b.stream ? -1 : a.stream > b.stream ? 1 : comparePositions(a, b));

const eventsOf = (stream: string, batch: number, { events, ingestedAt }: BatchRecord): TimelineEvent[] =>
  events.map(([timestamp, message], index) => ({ stream, timestamp, message, ingestedAt, batch, index }));

const batchNumber = (key: unknown): number => {
  const last: unknown = Array.isArray(key) ? key.at(-1) : 0;
  return typeof last === "number" ? last : 0;
};

function* within(events: readonly TimelineEvent[], start: number, end: number): Generator<TimelineEvent> {
  for (const event of events) if (event.timestamp >= start && event.timestamp < end) yield event;
}
