import { decodeKey, encodeKey, encodeRange, successor } from "../keys.ts";
import type { Codec, Collection, Entry, Key, KeyRange } from "../records.ts";
import type { Catalogue, Table } from "./catalogue.ts";
import type { Stored } from "./database.ts";
import type { CachedTable, ValuePage } from "./rowCache.ts";
import type { Transaction } from "./transaction.ts";

/** A collection that takes its keys encoded, too: whoever looks twice encodes once. */
export interface EncodedCollection<V> extends Collection<V> {
  getEncoded(key: string): V | undefined;
  putEncoded(key: string, value: V): void;
  /** One read of values that lie joined. */
  readPage(asked: AskedPage): ValuePage<V>;
}

/** What one read is asked for: `from` is included, `to` is not. */
interface AskedPage {
  readonly from: string;
  readonly to: string;
  readonly limit: number;
  readonly reverse: boolean;
}

/** A collection over its table. */
export const createCollection = <V>(
  table: Table,
  { catalogue, transaction, codec }: { catalogue: Catalogue; transaction: Transaction; codec: Codec<V> },
): EncodedCollection<V> => {
  const getEncoded = (key: string) => {
    const row = catalogue.reading(table)?.get.first([key]);
    return row && codec.decode(storedOf(row[0]));
  };
  const putEncoded = (key: string, value: V) => {
    const stored = storable(codec.encode(value));
    transaction.write(catalogue.writing(table).put, [key, stored]);
  };
  const entriesIn = (range: KeyRange) =>
    entriesOf(range, codec, (from, to, limit) => {
      const statements = catalogue.reading(table);
      const statement = range.reverse ? statements?.descending : statements?.ascending;
      return statement?.all([from, to, limit]) ?? [];
    });
  const readPage = ({ from, to, limit, reverse }: AskedPage): ValuePage<V> => {
    const statements = catalogue.reading(table);
    const statement = reverse ? statements?.descendingValues : statements?.ascendingValues;
    const [joined, last] = statement?.first([from, to, limit]) ?? [];
    if (typeof joined !== "string" || typeof last !== "string") return NO_VALUES;
    return { values: joined.split(SEPARATOR).map(codec.decode), last, chars: joined.length };
  };
  return {
    getEncoded,
    putEncoded,
    readPage,
    get: (key) => getEncoded(encodeKey(key)),
    has: (key) => catalogue.reading(table)?.has.first([encodeKey(key)]) !== undefined,
    put: (key, value) => putEncoded(encodeKey(key), value),
    delete: (key) => {
      const statements = catalogue.reading(table);
      return statements !== undefined && transaction.write(statements.delete, [encodeKey(key)]) > 0;
    },
    range: (range = {}) => entriesIn(range),
    values: (range = {}) => (codec.plainText ? joinedValues(range, readPage) : valuesOf(entriesIn(range))),
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
  };
};

/** The same with the last rows at hand. A write that fails ends or empties the transaction, and with it the cache. */
export const withCache = <V>(
  collection: EncodedCollection<V>,
  rows: CachedTable<V>,
  { weigh, plainText }: Codec<V>,
): Collection<V> => {
  const readPage = (asked: AskedPage): ValuePage<V> => {
    const name = `${asked.reverse ? "<" : ">"}${asked.limit} ${asked.from} ${asked.to}`;
    const known = rows.page(name);
    if (known !== undefined) return known;
    const page = collection.readPage(asked);
    rows.keepPage(name, page, name.length + 3 * page.chars);
    return page;
  };
  return {
    ...collection,
    get: (key) => {
      const encoded = encodeKey(key);
      const known = rows.get(encoded);
      if (known !== undefined) return known;
      const value = collection.getEncoded(encoded);
      if (value !== undefined) rows.keep(encoded, value, weigh?.(value) ?? UNKNOWN_BYTES);
      return value;
    },
    put: (key, value) => {
      const encoded = encodeKey(key);
      collection.putEncoded(encoded, value);
      rows.put(encoded, value, weigh?.(value) ?? UNKNOWN_BYTES);
    },
    delete: (key) => {
      rows.delete(encodeKey(key));
      return collection.delete(key);
    },
    clear: (range) => {
      rows.clear();
      collection.clear(range);
    },
    values: (range = {}) => (plainText ? joinedValues(range, readPage) : collection.values(range)),
  };
};

/** What a value counts whose codec does not weigh it. */
const UNKNOWN_BYTES = 4096;

/** Values as JSON text. */
export const jsonCodec = <V>(): Codec<V> => ({
  encode: (value) => JSON.stringify(value),
  decode: (stored) => JSON.parse(typeof stored === "string" ? stored : Buffer.from(stored).toString()),
});

/** Rows of the first page; later pages follow from how large these were. */
const FIRST_PAGE_ROWS = 32;
const MAX_PAGE_ROWS = 512;
const PAGE_BYTES = 1024 * 1024;

/** An entry whose key is decoded when asked for: most readers want values alone. */
class RangeEntry<V> implements Entry<V> {
  readonly value: V;
  readonly #encoded: string;

  constructor(encoded: string, value: V) {
    this.#encoded = encoded;
    this.value = value;
  }

  get key(): Key {
    return decodeKey(this.#encoded);
  }
}

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
      yield new RangeEntry(encoded, codec.decode(stored));
    }
    if (rows.length < wanted) return;
    left -= rows.length;
    pageRows = Math.max(1, Math.min(MAX_PAGE_ROWS, Math.floor((PAGE_BYTES * rows.length) / bytes)));
  }
}

function* valuesOf<V>(entries: Iterable<Entry<V>>): Generator<V, undefined, undefined> {
  for (const { value } of entries) yield value;
}

/** Between values that came joined; no text of a codec that promises plain text holds it. */
const SEPARATOR = "\u001e";

const NO_VALUES: ValuePage<never> = { values: [], last: undefined, chars: 0 };

/** Reads values in pages, each in one row: the values, and the key of the last. */
function* joinedValues<V>(
  range: KeyRange,
  read: (asked: AskedPage) => ValuePage<V>,
): Generator<V, undefined, undefined> {
  const { reverse = false } = range;
  let { from, to } = encodeRange(range);
  let left = range.limit ?? Number.POSITIVE_INFINITY;
  let pageRows = FIRST_PAGE_ROWS;
  while (left > 0) {
    const limit = Math.min(left, pageRows);
    const { values, last, chars } = read({ from, to, limit, reverse });
    if (last === undefined) return;
    if (reverse) to = last;
    else from = successor(last);
    for (const value of values) yield value;
    if (values.length < limit) return;
    left -= values.length;
    pageRows = Math.max(1, Math.min(MAX_PAGE_ROWS, Math.floor((PAGE_BYTES * values.length) / chars)));
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
