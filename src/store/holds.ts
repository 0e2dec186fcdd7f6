import type { Blob } from "./blobs.ts";
import type { Records } from "./records.ts";

/** How many hold each blob, counted in the record store so that a hold and the record it is for are written together. */
export interface Holds {
  has(sha256: string): boolean;
  add(blob: Blob): void;
  /** One more; an error when the blob is held by nobody, for then its file may be gone. */
  hold(blob: Blob): void;
  release(blob: Blob): void;
}

/** Counts holds; `forgotten` is called, after the commit, for every blob whose last hold may have been released. */
export const createHolds = (records: Records, forgotten: (sha256: string) => void): Holds => {
  const counts = records.collection<number>("store.holds");
  const add = ({ sha256 }: Blob) => counts.put(sha256, (counts.get(sha256) ?? 0) + 1);
  const held = ({ sha256 }: Blob) => {
    const count = counts.get(sha256);
    if (count === undefined) throw new Error(`nobody holds the blob ${sha256}`);
    return count;
  };
  return {
    has: (sha256) => counts.has(sha256),
    add,
    hold: (blob) => {
      held(blob);
      add(blob);
    },
    release: (blob) => {
      const count = held(blob);
      if (count > 1) return counts.put(blob.sha256, count - 1);
      counts.delete(blob.sha256);
      records.committed().then(
        () => forgotten(blob.sha256),
        // Not written, so not released: the writer hears of it, and the file stays.
        () => undefined,
      );
    },
  };
};
