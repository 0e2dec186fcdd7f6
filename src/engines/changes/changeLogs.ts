import type { Collection, Records } from "../../store/records.ts";
import { afterTime, type Shard, type Sharded, shardsOf, youngEnough } from "./shards.ts";

/** AWS: what happened to an item can be read for so long. */
export const CHANGE_LIFE_MS = 24 * 60 * 60 * 1000;
/** Changes removed in one turn once they are too old. */
const TRIM_SLICE = 500;

/** A stream of changes, in shards that follow one another. */
export interface ChangeStream extends Sharded {
  readonly arn: string;
  readonly label: string;
  readonly tableName: string;
  readonly viewType: "KEYS_ONLY" | "NEW_IMAGE" | "OLD_IMAGE" | "NEW_AND_OLD_IMAGES";
  readonly partitionKey: string;
  readonly sortKey?: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** When its table stopped writing to it. */
  readonly closedAt?: number;
  /** The number of the first change that has not been trimmed. */
  readonly first: number;
  /** Who may read it beside whom identity policies allow to. */
  readonly resourcePolicy?: { readonly document: string; readonly revisionId: string };
}

/** One change, ready to be answered: `text` is its JSON. Numbers grow within a stream, and may leave some out. */
export interface Change {
  readonly number: number;
  readonly at: number;
  readonly text: string;
}

/**
 * The changes of tables, in the order in which they were made.
 *
 * Shared by the two services that are doors to it: one appends in the transaction of each write, the other reads.
 */
export interface ChangeLogs {
  close(arn: string, now: number): void;
  find(arn: string): ChangeStream | undefined;
  /** The same, with another shard begun if the last one's time is over. */
  current(arn: string, now: number): ChangeStream | undefined;
  /** The shards that can be read, the oldest first. */
  shards(stream: ChangeStream, now: number): readonly Shard[];
  /** Begins a stream, or keeps what has changed of one. */
  put(stream: ChangeStream): void;
  /** In order of table and label, from the one after `after`. */
  list(tableName?: string, after?: ChangeStream): Iterable<ChangeStream>;
  append(arn: string, at: number, text: string): void;
  /** Changes from a number on that are young enough. */
  read(stream: ChangeStream, from: number, now: number): Iterable<Change>;
  /** The number that the next change will have at least. */
  next(stream: ChangeStream): number;
  /** Whether there is anything that will once have to be trimmed. */
  isEmpty(): boolean;
  /** Removes what is too old; true when more of it is left. */
  trim(now: number): boolean;
}

export const openChangeLogs = (records: Records): ChangeLogs => {
  const streams = records.collection<ChangeStream>("streams");
  const nextNumbers = new Map<string, number>();
  const changes = ({ id }: ChangeStream): Collection<string> => records.collection(`changes.${id}`, PLAIN);
  const keyOf = ({ tableName, label }: Pick<ChangeStream, "tableName" | "label">) => [tableName, label];

  const next = (stream: ChangeStream): number => {
    const least = Math.max(stream.first, shardsOf(stream).at(-1)?.from ?? 1);
    const known = nextNumbers.get(stream.id);
    // The other room may have begun a shard meanwhile.
    if (known !== undefined) return Math.max(least, known);
    for (const { key } of changes(stream).range({ reverse: true, limit: 1 })) return Math.max(least, Number(key) + 1);
    return least;
  };
  const find = (arn: string) => {
    const named = /:table\/([^/]+)\/stream\/(.+)$/.exec(arn);
    const stream = named && streams.get([named[1] ?? "", named[2] ?? ""]);
    return stream && stream.arn === arn ? stream : undefined;
  };
  /** Begins another shard when the last one's time is over. Its end takes a number of its own, so that an empty one has a range. */
  const current = (arn: string, now: number): ChangeStream | undefined => {
    const stream = find(arn);
    if (!stream) return undefined;
    const after = afterTime(stream, next(stream), now);
    if (after !== stream) streams.put(keyOf(after), after);
    return after;
  };
  /** The first change that is young enough, or undefined when all are too old. */
  const trimStream = (stream: ChangeStream, now: number): boolean => {
    if (stream.closedAt !== undefined && stream.closedAt + CHANGE_LIFE_MS <= now) {
      streams.delete(keyOf(stream));
      records.drop(`changes.${stream.id}`);
      return false;
    }
    const entries = changes(stream);
    let first = stream.first;
    let removed = 0;
    for (const { key, value } of entries.range({ limit: TRIM_SLICE })) {
      if (timeOf(value) + CHANGE_LIFE_MS > now) break;
      entries.delete(key);
      removed += 1;
      first = Number(key) + 1;
    }
    const shards = stream.shards && youngEnough(stream.shards, now - CHANGE_LIFE_MS);
    if (removed > 0 || shards?.length !== stream.shards?.length)
      streams.put(keyOf(stream), { ...stream, first, ...(shards ? { shards } : {}) });
    return removed === TRIM_SLICE;
  };
  return {
    find,
    current,
    next,
    shards: (stream, now) => {
      const shards = youngEnough(shardsOf(stream), now - CHANGE_LIFE_MS);
      const last = stream.closedAt === undefined ? undefined : next(stream) - 1;
      return shards.map((shard, at) => {
        const to = at + 1 < shards.length ? (shards[at + 1]?.from ?? 1) - 1 : last;
        return to === undefined ? shard : { ...shard, to: Math.max(shard.from, to) };
      });
    },
    put: (stream) => streams.put(keyOf(stream), stream),
    close: (arn, now) => {
      const stream = find(arn);
      if (stream && stream.closedAt === undefined) streams.put(keyOf(stream), { ...stream, closedAt: now });
    },
    *list(tableName, after) {
      const range = {
        ...(tableName === undefined ? {} : { prefix: [tableName] }),
        ...(after === undefined ? {} : { gt: keyOf(after) }),
      };
      for (const { value } of streams.range(range)) yield value;
    },
    append: (arn, at, text) => {
      const stream = current(arn, at);
      if (!stream) return;
      const number = next(stream);
      nextNumbers.set(stream.id, number + 1);
      changes(stream).put(number, `${at} ${text}`);
    },
    *read(stream, from, now) {
      for (const { key, value } of changes(stream).range({ gte: from })) {
        const at = timeOf(value);
        if (at + CHANGE_LIFE_MS > now) yield { number: Number(key), at, text: value.slice(value.indexOf(" ") + 1) };
      }
    },
    isEmpty: () => streams.count({ limit: 1 }) === 0,
    trim: (now) => {
      let left = false;
      for (const { value } of streams.range()) left = trimStream(value, now) || left;
      return left;
    },
  };
};

const timeOf = (stored: string): number => Number(stored.slice(0, stored.indexOf(" ")));

/** A change is its time, a blank and its JSON. */
const PLAIN = {
  encode: (text: string) => text,
  decode: (stored: string | Uint8Array) => (typeof stored === "string" ? stored : Buffer.from(stored).toString("utf8")),
};
