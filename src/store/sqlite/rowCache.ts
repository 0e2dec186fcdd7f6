/** What was read or written last, of all tables that ask for it. */
export class RowCache {
  private readonly tables = new Map<string, CachedTable<unknown>>();
  private bytes = 0;

  /** A collection's own part. Whoever opens the collection shares it, so that nobody reads what another has replaced. */
  table<V>(name: string): CachedTable<V> {
    // One name has one kind of value, as in the store itself.
    const known = this.tables.get(name) as CachedTable<V> | undefined;
    const table = known ?? new CachedTable<V>((bytes) => this.takes(bytes));
    this.tables.set(name, table as CachedTable<unknown>);
    return table;
  }

  /** The collection is gone. */
  forget(name: string): void {
    this.tables.get(name)?.clear();
    this.tables.delete(name);
  }

  clear(): void {
    for (const table of this.tables.values()) table.clear();
    this.bytes = 0;
  }

  /** Makes room for so much; false when it is more than is kept of one thing. */
  private takes(bytes: number): boolean {
    if (bytes > MAX_KEPT_BYTES) return false;
    this.bytes += OVERHEAD_BYTES + bytes;
    if (this.bytes > MAX_BYTES) this.clear();
    return true;
  }
}

/** Rows by their keys, and pages of rows by what was asked. A page holds until a row is written, whichever. */
export class CachedTable<V> {
  private readonly rows = new Map<string, V>();
  private readonly pages = new Map<string, ValuePage<V>>();
  private readonly takes: (bytes: number) => boolean;

  constructor(takes: (bytes: number) => boolean) {
    this.takes = takes;
  }

  get(key: string): V | undefined {
    return this.rows.get(key);
  }

  /** A row as it was read. */
  keep(key: string, value: V, bytes: number): void {
    if (this.takes(bytes)) this.rows.set(key, value);
    else this.rows.delete(key);
  }

  /** A row as it was written. */
  put(key: string, value: V, bytes: number): void {
    this.pages.clear();
    this.keep(key, value, bytes);
  }

  delete(key: string): void {
    this.pages.clear();
    this.rows.delete(key);
  }

  page(asked: string): ValuePage<V> | undefined {
    return this.pages.get(asked);
  }

  keepPage(asked: string, page: ValuePage<V>, bytes: number): void {
    if (this.takes(bytes)) this.pages.set(asked, page);
  }

  clear(): void {
    this.rows.clear();
    this.pages.clear();
  }
}

/** Values that were read at once, in their order. */
export interface ValuePage<V> {
  readonly values: readonly V[];
  /** The encoded key of the last one; undefined when there is none. */
  readonly last: string | undefined;
  /** How long the values were as text. */
  readonly chars: number;
}

/** Everything together. A row that is written again counts again: the cache is emptied a little early, never late. */
const MAX_BYTES = 16 * 1024 * 1024;
/** Larger rows and pages cost so much to send that finding them does not count. */
const MAX_KEPT_BYTES = 16 * 1024;
/** A key, a map's slot and a value's own objects. */
const OVERHEAD_BYTES = 256;
