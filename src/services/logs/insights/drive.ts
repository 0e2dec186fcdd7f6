import { known } from "../../../kernel/errors.ts";
import { sealToken } from "../../../kernel/paging.ts";
import type { QueryRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { forward, merged, retainedSince, type TimelineEvent } from "../timeline.ts";
import type { Lookup } from "./evaluate.ts";
import { fieldsOf, type QueriedEvent } from "./fields.ts";
import { readQuery } from "./query.ts";
import { runQuery } from "./runQuery.ts";

/** Runs a query in the background, from its beginning. */
export const driveQuery = (room: Room, account: string, { id }: QueryRecord): void => {
  const stopped = new AbortController();
  room.queriesUnderWay.set(id, stopped);
  room.tasks.spawn(`query ${id}`, async (signal) => {
    const until = AbortSignal.any([signal, stopped.signal]);
    try {
      const record = known(room.queries.get(id), `the query ${id}`);
      room.queries.put(id, { ...record, status: "Running" });
      const { events, bytes } = await scanned(room, account, record, until);
      const { rows, matched } = runQuery(readQuery(record.query), events, record.limit);
      room.records.atomically(() => {
        room.queryResults.put(id, rows);
        room.queries.put(id, {
          ...record,
          status: "Complete",
          statistics: { matched, scanned: events.length, bytes },
        });
      });
    } catch (error) {
      if (!until.aborted) throw error;
    } finally {
      room.queriesUnderWay.delete(id);
    }
  });
};

/** Events that are read before others get a turn. */
const EVENTS_PER_TURN = 2000;

/** The events of the groups and the time that a query is of, newest first. */
const scanned = async (room: Room, account: string, { groups, from, to }: QueryRecord, signal: AbortSignal) => {
  const events: Lookup[] = [];
  let bytes = 0;
  for (const event of merged(groups.flatMap((group) => streamsOf(room, account, group, from, to)))) {
    bytes += Buffer.byteLength(event.message);
    events.push(event.fields);
    if (events.length % EVENTS_PER_TURN !== 0) continue;
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
  }
  return { events: events.reverse(), bytes };
};

interface Scanned extends TimelineEvent {
  readonly fields: Lookup;
}

const streamsOf = (room: Room, account: string, name: string, from: number, to: number): Generator<Scanned>[] => {
  const group = room.groups.get(name);
  if (!group) return [];
  const since = Math.max(from, retainedSince(group, room.clock.now()));
  return [...room.streams.values({ prefix: [name] })].map((stream) =>
    withFields(forward(room, stream, since, to + 1), account, name),
  );
};

function* withFields(events: Iterable<TimelineEvent>, account: string, group: string): Generator<Scanned> {
  for (const event of events) yield { ...event, fields: fieldsOf(queried(event, account, group)) };
}

/** An event with all that its fields are found in. */
export const queried = (event: TimelineEvent, account: string, group: string): QueriedEvent => {
  const { message, timestamp, ingestedAt, stream, batch, index } = event;
  const pointer = sealToken([group, stream, timestamp, batch, index]);
  return { message, timestamp, ingestedAt, stream, group, account, pointer };
};
