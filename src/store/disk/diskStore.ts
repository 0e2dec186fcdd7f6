import type { OpenStore } from "../openStore.ts";
import { type Database, openDatabase } from "../sqlite/database.ts";
import { createRecordStore } from "../sqlite/recordStore.ts";
import { openDiskBlobs } from "./diskBlobs.ts";
import { openStateDirectory } from "./stateDirectory.ts";

/** A store on disk, open, with what is only needed to look after it. */
export interface OpenDiskStore extends OpenStore {
  /** Resolves when the files that a crash left behind have been removed; the work goes on in the background. */
  readonly swept: Promise<void>;
}

/** Opens the store in a state directory, and the directory with it. See `openStateDirectory` for what it throws. */
export const openDiskStore = async (directory: string): Promise<OpenDiskStore> => {
  const state = await openStateDirectory(directory);
  const records = createRecordStore(openRecordsDatabase(state.file("records.db")));
  const blobs = await openDiskBlobs(state.file("blobs"), records);
  const swept = blobs.sweep();
  return {
    records,
    blobs,
    swept,
    [Symbol.asyncDispose]: async () => {
      await blobs[Symbol.asyncDispose]();
      await swept;
      await records[Symbol.asyncDispose]();
      await state[Symbol.asyncDispose]();
    },
  };
};

/** 16 MiB of log between checkpoints: each stops the process for some 15 ms, four times as rarely as by default. */
const CHECKPOINT_PAGES = 4000;
/** What the log keeps of the disk after one transaction that was far larger. */
const MAX_IDLE_LOG_BYTES = 64 * 1024 * 1024;
/** Holds the inner pages of tables of several million items. */
const CACHE_KIB = 16 * 1024;

const openRecordsDatabase = (path: string): Database => {
  const database = openDatabase(path);
  // One process, one connection: no shared memory to keep in step, and a read costs half.
  database.pragma("locking_mode = EXCLUSIVE");
  // Survives kill -9 at every commit, and a power cut at the last checkpoint or later, whole either way.
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = NORMAL");
  database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  database.pragma(`journal_size_limit = ${MAX_IDLE_LOG_BYTES}`);
  database.pragma(`cache_size = -${CACHE_KIB}`);
  return { ...database, close: () => closeReleasing(database) };
};

/**
 * Prepared statements hold the connection, and its lock on the file, until they are collected. Leaving the log behind for
 * the plain journal moves everything into the one file and lets go of the lock at once.
 */
const closeReleasing = (database: Database): void => {
  database.pragma("journal_mode = DELETE");
  database.pragma("locking_mode = NORMAL");
  database.prepare("SELECT count(*) FROM sqlite_master").first([]);
  database.close();
};
