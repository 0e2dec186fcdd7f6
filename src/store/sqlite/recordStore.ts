import type { Collection, RecordStore, Records } from "../records.ts";
import { Catalogue } from "./catalogue.ts";
import { createCollection, jsonCodec, withCache } from "./collection.ts";
import type { Database } from "./database.ts";
import { RowCache } from "./rowCache.ts";
import { Transaction } from "./transaction.ts";

/** The record store over a database that its caller has opened and configured; disposing of it closes the database. */
export const createRecordStore = (database: Database): RecordStore => {
  const catalogue: Catalogue = new Catalogue(database, () => transaction);
  const cache = new RowCache();
  const transaction: Transaction = new Transaction(database, () => {
    cache.clear();
    catalogue.undone();
  });
  let closed = false;

  const scoped = (prefix: string): Records => ({
    collection: <V>(name: string, codec = jsonCodec<V>(), { cached = false } = {}): Collection<V> => {
      const collection = createCollection(catalogue.table(prefix + name), { catalogue, transaction, codec });
      return cached ? withCache(collection, cache.table<V>(prefix + name), codec) : collection;
    },
    scope: (name) => scoped(`${prefix}${name}/`),
    atomically: (work) => transaction.atomically(work),
    committed: () => transaction.committed(),
    names: () =>
      catalogue
        .names()
        .filter((name) => name.startsWith(prefix))
        .map((name) => name.slice(prefix.length)),
    drop: (name) => {
      cache.forget(prefix + name);
      catalogue.drop(catalogue.table(prefix + name));
    },
  });
  const root = scoped("");

  catalogue.purge();
  return {
    ...root,
    reset: () => {
      for (const name of root.names()) root.drop(name);
    },
    copyTo: (file) => {
      // SQLite copies no database inside of a transaction.
      transaction.flush();
      database.prepare("VACUUM INTO ?").run([file]);
    },
    [Symbol.asyncDispose]: async () => {
      if (closed) return;
      closed = true;
      catalogue.close();
      transaction.close(new Error("the store is closed"));
      database.close();
    },
  };
};
