import type { Collection } from "../../store/records.ts";

/** Entries kept in memory; a function's records are read with every invocation and rarely written. */
const MAX_ENTRIES = 1000;

/** A collection whose single reads come from memory. Only this process writes the store, and every write passes here. */
export const cached = <V>(collection: Collection<V>): Collection<V> => {
  const entries = new Map<string, V>();
  const forget = (key: unknown) => entries.delete(JSON.stringify(key));
  return {
    get: (key) => {
      const name = JSON.stringify(key);
      const known = entries.get(name);
      if (known !== undefined) return known;
      const value = collection.get(key);
      if (value === undefined) return undefined;
      if (entries.size >= MAX_ENTRIES) entries.clear();
      entries.set(name, value);
      return value;
    },
    has: (key) => collection.has(key),
    put: (key, value) => {
      forget(key);
      collection.put(key, value);
    },
    delete: (key) => {
      forget(key);
      return collection.delete(key);
    },
    range: (range) => collection.range(range),
    values: (range) => collection.values(range),
    count: (range) => collection.count(range),
    clear: (range) => {
      entries.clear();
      collection.clear(range);
    },
  };
};
