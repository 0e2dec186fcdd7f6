import { cpSync, existsSync, linkSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { openDiskStore } from "./store/disk/diskStore.ts";
import { openStateDirectory } from "./store/disk/stateDirectory.ts";

/** A snapshot that cannot be saved or loaded, and why. */
export class SnapshotRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = "SnapshotRefused";
  }
}

/** A word that cannot be a snapshot's name. */
export class SnapshotMisnamed extends SnapshotRefused {
  constructor(name: string) {
    super(`A snapshot's name has letters, digits, - and _, up to 64 of them; ${name} is none.`);
  }
}

/** A copy of a state directory under a name. */
export interface Snapshot {
  readonly name: string;
  readonly path: string;
  /** Milliseconds since the epoch, by this machine's clock. */
  readonly savedAt: number;
}

/** The part of a state directory that holds its snapshots. */
const SNAPSHOTS = "snapshots";
/** Folders that cannot be records or blobs, such as Git repositories; and the root's credentials with the key of secrets. */
const PLAIN = ["files", "credentials.json", "version"];
/** What belongs to the directory and not to what it keeps. */
const OWN = new Set([SNAPSHOTS, "tls", "lock", "pid", "cloud.json", "cloud.log"]);

export const listSnapshots = (state: string): readonly Snapshot[] => {
  const folder = join(state, SNAPSHOTS);
  return (existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => NAME.test(name))
    .map((name) => ({ name, path: join(folder, name), savedAt: savedAt(join(folder, name)) }))
    .sort((a, b) => a.savedAt - b.savedAt);
};

const savedAt = (path: string): number => Math.round(statSync(path).mtimeMs);

/** Writes the records, of one moment, into a file that is not there yet. */
export type CopyRecords = (file: string) => void;

/**
 * Copies a state directory under a name, in one go: nothing of this process runs in between, so records, blobs and files
 * are of one moment. Refuses a name that is taken.
 */
export const saveSnapshot = (state: string, name: string, copyRecords: CopyRecords): Snapshot => {
  const path = pathOf(state, name);
  if (existsSync(path)) throw new SnapshotRefused(`There is a snapshot ${name} already.`);
  const passing = `${path}.saving`;
  rmSync(passing, { recursive: true, force: true });
  mkdirSync(passing, { recursive: true, mode: 0o700 });
  try {
    copyRecords(join(passing, "records.db"));
    copyBlobs(join(state, "blobs"), join(passing, "blobs"));
    copyPlain(state, passing);
    renameSync(passing, path);
  } catch (error) {
    rmSync(passing, { recursive: true, force: true });
    throw error;
  }
  return { name, path, savedAt: savedAt(path) };
};

/** The same of a cloud that does not run. Throws `StateInUse` when it does. */
export const saveStopped = async (state: string, name: string): Promise<Snapshot> => {
  const store = await openDiskStore(state);
  try {
    await store.swept;
    return saveSnapshot(state, name, (file) => store.records.copyTo(file));
  } finally {
    await store[Symbol.asyncDispose]();
  }
};

/** Puts a snapshot in the place of what a state directory keeps. Throws `StateInUse` when its cloud runs. */
export const loadSnapshot = async (state: string, name: string): Promise<void> => {
  const from = pathOf(state, name);
  if (!existsSync(from)) throw new SnapshotRefused(`There is no snapshot ${name}.`);
  const directory = await openStateDirectory(state);
  try {
    // The copy may take a while and fail; the exchange is renames alone.
    const [arriving, leaving] = [join(state, "snapshots/.arriving"), join(state, "snapshots/.leaving")];
    for (const folder of [arriving, leaving]) rmSync(folder, { recursive: true, force: true });
    mkdirSync(arriving, { mode: 0o700 });
    mkdirSync(leaving, { mode: 0o700 });
    cpSync(join(from, "records.db"), join(arriving, "records.db"));
    copyBlobs(join(from, "blobs"), join(arriving, "blobs"));
    copyPlain(from, arriving);
    for (const entry of readdirSync(state)) if (!OWN.has(entry)) renameSync(join(state, entry), join(leaving, entry));
    for (const entry of readdirSync(arriving)) renameSync(join(arriving, entry), join(state, entry));
    for (const folder of [arriving, leaving]) rmSync(folder, { recursive: true, force: true });
  } finally {
    await directory[Symbol.asyncDispose]();
  }
};

/** Removes one. */
export const deleteSnapshot = (state: string, name: string): void => {
  const path = pathOf(state, name);
  if (!existsSync(path)) throw new SnapshotRefused(`There is no snapshot ${name}.`);
  rmSync(path, { recursive: true });
};

const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** Throws `SnapshotMisnamed`. */
export const checkSnapshotName = (name: string): void => {
  if (!NAME.test(name)) throw new SnapshotMisnamed(name);
};

const pathOf = (state: string, name: string): string => {
  checkSnapshotName(name);
  return join(state, SNAPSHOTS, name);
};

/** Files under the digest of what they hold never change, so a second name for each is a copy. */
const copyBlobs = (from: string, to: string): void => {
  mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const folder of existsSync(from) ? readdirSync(from) : []) {
    if (folder === "incoming") continue;
    mkdirSync(join(to, folder), { mode: 0o700 });
    for (const file of readdirSync(join(from, folder))) {
      const [source, target] = [join(from, folder, file), join(to, folder, file)];
      try {
        linkSync(source, target);
      } catch {
        // A file system without links, or across two of them.
        cpSync(source, target);
      }
    }
  }
};

const copyPlain = (from: string, to: string): void => {
  for (const entry of PLAIN)
    if (existsSync(join(from, entry)))
      cpSync(join(from, entry), join(to, entry), { recursive: true, preserveTimestamps: true });
};
