import type { OpenStore } from "../openStore.ts";
import { openDatabase } from "../sqlite/database.ts";
import { createRecordStore } from "../sqlite/recordStore.ts";
import { createMemoryBlobs } from "./memoryBlobs.ts";

/** A store that forgets everything when it closes: the same database as on disk, without the disk. */
export const openMemoryStore = (): OpenStore => {
  const records = createRecordStore(openDatabase(":memory:"));
  const blobs = createMemoryBlobs(records);
  return {
    records,
    blobs,
    [Symbol.asyncDispose]: async () => {
      await blobs[Symbol.asyncDispose]();
      await records[Symbol.asyncDispose]();
    },
  };
};
