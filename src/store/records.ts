/** One part of a key. Strings order by their UTF-8 bytes, numbers by value, bytes as bytes; kinds do not mix well. */
export type KeyPart = string | number | Uint8Array;

/** A key: one part, or a tuple whose parts order one after the other. */
export type Key = KeyPart | readonly KeyPart[];

/** Which entries of a collection to read. Bounds compare whole keys; `prefix` is the leading parts of tuple keys. */
export interface KeyRange {
  readonly prefix?: readonly KeyPart[];
  readonly gt?: Key;
  readonly gte?: Key;
  readonly lt?: Key;
  readonly lte?: Key;
  readonly reverse?: boolean;
  readonly limit?: number;
}

/** One stored value under its key; tuple keys come back as tuples. */
export interface Entry<V> {
  readonly key: Key;
  readonly value: V;
}

/** How values become stored bytes. The default keeps JSON. */
export interface Codec<V> {
  encode(value: V): string | Uint8Array;
  decode(stored: string | Uint8Array): V;
  /** Whether every stored value is text without control characters, as JSON is: then many are read at the price of one. */
  readonly plainText?: boolean;
  /** About how many bytes a value takes in memory. */
  weigh?(value: V): number;
}

/** How a collection is kept. */
export interface CollectionOptions {
  /**
   * Rows read or written lately stay decoded in memory, within one bound for the whole store. For values that are never
   * changed in place, in collections whose every request reads one row.
   */
  readonly cached?: boolean;
}

/** An ordered map from keys to values. Reads are synchronous and see every write made before them. */
export interface Collection<V> {
  get(key: Key): V | undefined;
  has(key: Key): boolean;
  put(key: Key, value: V): void;
  /** Removes one entry; true when there was one. */
  delete(key: Key): boolean;
  /** Entries in key order, read in pages: safe to write while iterating, and never the whole collection in memory. */
  range(range?: KeyRange): IterableIterator<Entry<V>>;
  /** The same without the keys, for readers to whom the values say enough. */
  values(range?: KeyRange): Iterable<V>;
  count(range?: KeyRange): number;
  /** Removes every entry in the range; the whole collection when none is given. */
  clear(range?: KeyRange): void;
}

/**
 * Typed collections on one transactional store.
 *
 * Everything written in one turn of the event loop is committed together, and `committed()` tells when it survives
 * `kill -9`: dispatch awaits it before a caller hears of success, so concurrent requests share a commit.
 */
export interface Records {
  /** The collection of that name, made on first use. `name` is `service.plural`, such as `s3.objects`. */
  collection<V>(name: string, codec?: Codec<V>, options?: CollectionOptions): Collection<V>;
  /** The same store, with every collection name under a prefix: how rooms of different accounts and regions are kept apart. */
  scope(name: string): Records;
  /** All of the writes in `work`, or, when it throws, none. `work` is synchronous; calls nest. */
  atomically<R>(work: () => R): R;
  /** Resolves when every write made so far is durable; rejects when the store could not write them. */
  committed(): Promise<void>;
  /** Names of the collections that exist under this scope, relative to it. */
  names(): readonly string[];
  /** Removes the collection of that name in bounded time, whatever its size. */
  drop(name: string): void;
}

/** A store that is open, with what only its owner may do. */
export interface RecordStore extends Records, AsyncDisposable {
  /** Removes every collection: the cloud as on its first day. */
  reset(): void;
  /** Writes everything, as of the last commit, into a new file. Nothing else runs in the meantime. */
  copyTo(file: string): void;
}
