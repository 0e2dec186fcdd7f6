import type { Collection, Records } from "../../../store/records.ts";
import type { TableRecord } from "../records.ts";
import type { StoredKey } from "./keys.ts";
import { StoredItem } from "./storedItem.ts";

/** What an item was before a write. */
export interface Earlier {
  readonly number: number;
  readonly at: number;
  readonly key: StoredKey;
  readonly before: StoredItem | undefined;
}

/**
 * The writes of tables with point-in-time recovery, in the order in which they were made: with what items were before,
 * a table can be taken back to any moment.
 */
export interface Histories {
  /** Call it in the write's transaction. */
  append(table: TableRecord, earlier: Omit<Earlier, "number">): void;
  /** The writes after a moment, or after a number, the oldest first. */
  after(table: TableRecord, from: { readonly at: number } | { readonly number: number }, limit: number): Earlier[];
  /** Removes writes before a moment; true when more of them are left. */
  trim(table: TableRecord, before: number): boolean;
  drop(table: TableRecord): void;
}

/** Writes removed in one turn once they are too old. */
const TRIM_SLICE = 500;

export const openHistories = (records: Records): Histories => {
  const nextNumbers = new Map<string, number>();
  const name = ({ id }: TableRecord) => `history.${id}`;
  const writes = (table: TableRecord): Collection<Written> => records.collection(name(table));
  const next = (table: TableRecord): number => {
    const known = nextNumbers.get(table.id);
    if (known !== undefined) return known;
    for (const { key } of writes(table).range({ reverse: true, limit: 1 })) return Number(key) + 1;
    return 1;
  };
  /** Numbers grow with time, so the first one after a moment is found by halves. */
  const firstAfter = (table: TableRecord, at: number): number => {
    const [first] = writes(table).range({ limit: 1 });
    let low = Number(first?.key ?? 1);
    let high = next(table);
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const [found] = writes(table).range({ gte: middle, limit: 1 });
      if (found && found.value.at <= at) low = Number(found.key) + 1;
      else high = middle;
    }
    return low;
  };
  return {
    append: (table, { at, key, before }) => {
      const number = next(table);
      nextNumbers.set(table.id, number + 1);
      writes(table).put(number, {
        at,
        key: key.map((part) => Buffer.from(part).toString("base64")),
        ...(before ? { bytes: before.bytes, text: before.text } : {}),
      });
    },
    after: (table, from, limit) => {
      const gte = "at" in from ? firstAfter(table, from.at) : from.number + 1;
      return [...writes(table).range({ gte, limit })].map(({ key, value }) => earlierOf(Number(key), value));
    },
    trim: (table, before) => {
      let removed = 0;
      for (const { key, value } of writes(table).range({ limit: TRIM_SLICE })) {
        if (value.at >= before) break;
        writes(table).delete(key);
        removed += 1;
      }
      return removed === TRIM_SLICE;
    },
    drop: (table) => {
      nextNumbers.delete(table.id);
      records.drop(name(table));
    },
  };
};

/** A write as it is stored. */
interface Written {
  readonly at: number;
  readonly key: readonly string[];
  readonly bytes?: number;
  readonly text?: string;
}

const earlierOf = (number: number, { at, key, bytes = 0, text }: Written): Earlier => ({
  number,
  at,
  key: key.map((part) => Buffer.from(part, "base64")),
  before: text === undefined ? undefined : new StoredItem(bytes, text),
});
