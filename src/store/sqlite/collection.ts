import { decodeKey, encodeKey, encodeRange, successor } from "../keys.ts";
import type { Codec, Collection, Entry, KeyRange } from "../records.ts";
import type { Catalogue, Table } from "./catalogue.ts";
import type { Stored } from "./database.ts";
import type { Transaction } from "./transaction.ts";

/** A collection over its table. */
export const createCollection = <V>(
  table: Table,
  { catalogue, transaction, codec }: { catalogue: Catalogue; transaction: Transaction; codec: Codec<V> },
): Collection<V> => ({
  get: (key) => {
    const row = catalogue.reading(table)?.get.first([encodeKey(key)]);
    return row && codec.decode(storedOf(row[0]));
  },
  has: (key) => catalogue.reading(table)?.has.first([encodeKey(key)]) !== undefined,
  put: (key, value) => {
    const stored = storable(codec.encode(value));
    transaction.write(catalogue.writing(table).put, [encodeKey(key), stored]);
  },
  delete: (key) => {
    const statements = catalogue.reading(table);
    return statements !== undefined && transaction.write(statements.delete, [encodeKey(key)]) > 0;
  },
  range: (range = {}) =>
    entriesOf(range, codec, (from, to, limit) => {
      const statements = catalogue.reading(table);
      const statement = range.reverse ? statements?.descending : statements?.ascending;
      return statement?.all([from, to, limit]) ?? [];
    }),
  count: (range = {}) => {
    const { from, to } = encodeRange(range);
    const all = Number(catalogue.reading(table)?.count.first([from, to])?.[0] ?? 0);
    return Math.min(all, range.limit ?? all);
  },
  clear: (range) => {
    if (range === undefined) return catalogue.drop(table);
    const statements = catalogue.reading(table);
    if (statements === undefined) return;
    const { from, to } = encodeRange(range);
    transaction.write(statements.clear, [from, to]);
  },
});

/** Values as JSON text. */
export const jsonCodec = <V>(): Codec<V> => ({
  encode: (value) => JSON.stringify(value),
  decode: (stored) => JSON.parse(typeof stored === "string" ? stored : Buffer.from(stored).toString()),
});

/** Rows of the first page; later pages follow from how large these were. */
const FIRST_PAGE_ROWS = 32;
const MAX_PAGE_ROWS = 512;
const PAGE_BYTES = 1024 * 1024;

type ReadPage = (from: string, to: string, limit: number) => readonly unknown[];

function* entriesOf<V>(range: KeyRange, codec: Codec<V>, read: ReadPage): Generator<Entry<V>, undefined, undefined> {
  let { from, to } = encodeRange(range);
  let left = range.limit ?? Number.POSITIVE_INFINITY;
  let pageRows = FIRST_PAGE_ROWS;
  while (left > 0) {
    const wanted = Math.min(left, pageRows);
    const rows = read(from, to, wanted);
    let bytes = 0;
    for (const row of rows) {
      if (!Array.isArray(row)) continue;
      const encoded = String(row[0]);
      const stored = storedOf(row[1]);
      bytes += encoded.length + stored.length;
      if (range.reverse) to = encoded;
      else from = successor(encoded);
      yield { key: decodeKey(encoded), value: codec.decode(stored) };
    }
    if (rows.length < wanted) return;
    left -= rows.length;
    pageRows = Math.max(1, Math.min(MAX_PAGE_ROWS, Math.floor((PAGE_BYTES * rows.length) / bytes)));
  }
}

const storedOf = (column: unknown): Stored => {
  if (typeof column === "string" || column instanceof Uint8Array) return column;
  throw new TypeError(`a stored value is text or bytes, not ${typeof column}`);
};

const storable = (stored: Stored): Stored => {
  if (typeof stored !== "string") return stored instanceof Uint8Array ? stored : notStorable("undefined");
  // The binding reads text up to its first NUL. JSON has none.
  return stored.includes("\u0000") ? notStorable("text with a NUL") : stored;
};

const notStorable = (what: string): never => {
  throw new TypeError(`a value was encoded as ${what}; a codec gives text or bytes`);
};
