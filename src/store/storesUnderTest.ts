import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDiskStore } from "./disk/diskStore.ts";
import { openMemoryStore } from "./memory/memoryStore.ts";
import type { OpenStore } from "./openStore.ts";

const onDisk = async (): Promise<OpenStore> => {
  const directory = await mkdtemp(join(tmpdir(), "aloft-store-"));
  const store = await openDiskStore(directory);
  return {
    records: store.records,
    blobs: store.blobs,
    [Symbol.asyncDispose]: async () => {
      await store[Symbol.asyncDispose]();
      await rm(directory, { recursive: true });
    },
  };
};

/** Every store there is, each with how it is opened, empty: what the contract's suites run over. */
export const STORES = [
  ["in memory", async () => openMemoryStore()],
  ["on disk", onDisk],
] as const;
