import type { OpenStore } from "../../src/store/openStore.ts";
import type { Collection, RecordStore, Records } from "../../src/store/records.ts";

/** A store whose process can be killed between any two commits. */
export interface CrashingStore {
  readonly store: OpenStore;
  /** How many commits there were. */
  readonly commits: () => number;
  readonly crashed: () => boolean;
}

/** What everything that writes hears once the process is dead. */
export class ProcessKilled extends Error {
  constructor() {
    super("the process was killed");
    this.name = "ProcessKilled";
  }
}

/**
 * Passes everything on to a store until `lastCommit` commits were made; then nothing more is written, as after `kill -9`.
 * The store commits what one turn of the event loop wrote, all or nothing, so a crash falls between turns.
 * Disposing of it leaves the store open: the next process takes it up.
 */
export const crashingStore = (inner: OpenStore, lastCommit = Number.POSITIVE_INFINITY): CrashingStore => {
  let commits = 0;
  let writing = false;
  let dead = false;
  const beforeWrite = () => {
    if (!dead && !writing) {
      if (commits >= lastCommit) dead = true;
      else {
        commits++;
        writing = true;
        setImmediate(() => {
          writing = false;
        });
      }
    }
    if (dead) throw new ProcessKilled();
  };
  const records: RecordStore = {
    ...recordsThrough(inner.records, beforeWrite, () => dead),
    reset: () => {
      beforeWrite();
      inner.records.reset();
    },
    copyTo: (file) => inner.records.copyTo(file),
    [Symbol.asyncDispose]: async () => {},
  };
  return {
    store: { records, blobs: inner.blobs, [Symbol.asyncDispose]: async () => {} },
    commits: () => commits,
    crashed: () => dead,
  };
};

const recordsThrough = (inner: Records, beforeWrite: () => void, isDead: () => boolean): Records => ({
  collection: <V>(...args: Parameters<Records["collection"]>) =>
    collectionThrough(inner.collection(...args) as Collection<V>, beforeWrite),
  scope: (name) => recordsThrough(inner.scope(name), beforeWrite, isDead),
  atomically: (work) => inner.atomically(work),
  committed: async () => {
    if (isDead()) throw new ProcessKilled();
    await inner.committed();
    if (isDead()) throw new ProcessKilled();
  },
  names: () => inner.names(),
  drop: (name) => {
    beforeWrite();
    inner.drop(name);
  },
});

const collectionThrough = <V>(inner: Collection<V>, beforeWrite: () => void): Collection<V> => ({
  get: (key) => inner.get(key),
  has: (key) => inner.has(key),
  range: (range) => inner.range(range),
  values: (range) => inner.values(range),
  count: (range) => inner.count(range),
  put: (key, value) => {
    beforeWrite();
    inner.put(key, value);
  },
  delete: (key) => {
    beforeWrite();
    return inner.delete(key);
  },
  clear: (range) => {
    beforeWrite();
    inner.clear(range);
  },
});
