/** What was read or written last, of all tables that ask for it. */
export class RowCache {
  private readonly rows = new Map<string, Map<string, unknown>>();
  private bytes = 0;

  /** A collection's own part. Whoever opens the collection shares it, so that nobody reads what another has replaced. */
  table<V>(name: string): CachedRows<V> {
    // One name has one kind of value, as in the store itself.
    const rows: Map<string, V> = (this.rows.get(name) as Map<string, V> | undefined) ?? new Map<string, V>();
    this.rows.set(name, rows);
    return {
      get: (key) => rows.get(key),
      set: (key, value, bytes) => {
        if (bytes > MAX_ROW_BYTES) {
          rows.delete(key);
          return;
        }
        this.bytes += OVERHEAD_BYTES + bytes;
        if (this.bytes > MAX_BYTES) this.clear();
        rows.set(key, value);
      },
      delete: (key) => {
        rows.delete(key);
      },
      clear: () => rows.clear(),
    };
  }

  /** The collection is gone. */
  forget(name: string): void {
    this.rows.get(name)?.clear();
    this.rows.delete(name);
  }

  clear(): void {
    for (const rows of this.rows.values()) rows.clear();
    this.bytes = 0;
  }
}

export interface CachedRows<V> {
  get(key: string): V | undefined;
  set(key: string, value: V, bytes: number): void;
  delete(key: string): void;
  clear(): void;
}

/** All rows together. A row that is written again counts again: the cache is emptied a little early, never late. */
const MAX_BYTES = 16 * 1024 * 1024;
/** Larger rows cost so much to send that finding them does not count. */
const MAX_ROW_BYTES = 8 * 1024;
/** A key, a map's slot and a value's own objects. */
const OVERHEAD_BYTES = 256;
