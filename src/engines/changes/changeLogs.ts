import type { Collection, Records } from "../../store/records.ts";

/** AWS: what happened to an item can be read for so long. */
export const CHANGE_LIFE_MS = 24 * 60 * 60 * 1000;
/** Changes removed in one turn once they are too old. */
const TRIM_SLICE = 500;

/** A stream of changes, in the one shard that lasts from its beginning to its end. */
export interface ChangeStream {
  readonly id: string;
  readonly arn: string;
  readonly label: string;
  readonly tableName: string;
  readonly viewType: "KEYS_ONLY" | "NEW_IMAGE" | "OLD_IMAGE" | "NEW_AND_OLD_IMAGES";
  readonly partitionKey: string;
  readonly sortKey?: string;
  readonly shardId: string;
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
    const known = nextNumbers.get(stream.id);
    if (known !== undefined) return known;
    for (const { key } of changes(stream).range({ reverse: true, limit: 1 })) return Number(key) + 1;
    return stream.first;
  };
  const find = (arn: string) => {
    const named = /:table\/([^/]+)\/stream\/(.+)$/.exec(arn);
    const stream = named && streams.get([named[1] ?? "", named[2] ?? ""]);
    return stream && stream.arn === arn ? stream : undefined;
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
    if (removed > 0) streams.put(keyOf(stream), { ...stream, first });
    return removed === TRIM_SLICE;
  };
  return {
    find,
    next,
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
      const stream = find(arn);
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
