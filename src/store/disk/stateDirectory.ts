import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { openDatabase } from "../sqlite/database.ts";

/** A state directory that belongs to this process until it is disposed of. */
export interface StateDirectory extends AsyncDisposable {
  readonly path: string;
  /** The path of something inside. */
  file(name: string): string;
}

/** Brings a state directory from the version of its place in the list, counted from one, to the next. */
export type Migration = (directory: string) => Promise<void>;

/** What was ever changed in the layout of a state directory, oldest first. Append only. */
const MIGRATIONS: readonly Migration[] = [];

/**
 * Opens a state directory, which is made when it does not exist, readable by its owner only.
 *
 * Throws `StateInUse` when another process has it, `StateTooNew` when a later aloft wrote it.
 */
export const openStateDirectory = async (
  directory: string,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<StateDirectory> => {
  const path = resolve(directory);
  await mkdir(path, { recursive: true, mode: 0o700 });
  const release = await acquireLock(path);
  try {
    await migrate(path, migrations);
  } catch (error) {
    release();
    throw error;
  }
  return {
    path,
    file: (name) => join(path, name),
    [Symbol.asyncDispose]: async () => release(),
  };
};

/** Another process works in the directory. */
export class StateInUse extends Error {
  readonly pid: number | undefined;
  constructor(path: string, pid: number | undefined) {
    const owner = pid === undefined ? "another process" : `the process ${pid}`;
    super(`The state directory ${path} is in use by ${owner}. Stop it, or name another directory with --state.`);
    this.name = "StateInUse";
    this.pid = pid;
  }
}

/** The directory was written by a later aloft. */
export class StateTooNew extends Error {
  constructor(path: string, version: number, known: number) {
    super(
      `The state directory ${path} has version ${version}; this aloft knows versions up to ${known}. ` +
        "Install the aloft that wrote it, or name another directory with --state.",
    );
    this.name = "StateTooNew";
  }
}

/**
 * The lock is the operating system's, through SQLite: it ends with its process, however that ends, so there are no stale
 * locks to judge and no two processes that both take one over. The pid beside it only names the owner to others.
 */
const acquireLock = async (path: string): Promise<() => void> => {
  const lock = openDatabase(join(path, "lock"));
  try {
    lock.pragma("journal_mode = MEMORY");
    lock.prepare("BEGIN EXCLUSIVE").run([]);
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    throw new StateInUse(path, await readNumber(join(path, "pid")));
  }
  await writeFile(join(path, "pid"), `${process.pid}\n`);
  let held = true;
  return () => {
    if (!held) return;
    held = false;
    lock.prepare("ROLLBACK").run([]);
    lock.close();
  };
};

const isBusy = (error: unknown): boolean =>
  error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_BUSY");

const migrate = async (path: string, migrations: readonly Migration[]): Promise<void> => {
  const known = migrations.length + 1;
  const found = await readNumber(join(path, "version"));
  if (found !== undefined && found > known) throw new StateTooNew(path, found, known);
  for (let version = found ?? known; version < known; version++) {
    await migrations[version - 1]?.(path);
    await writeVersion(path, version + 1);
  }
  if (found === undefined) await writeVersion(path, known);
};

/** By rename, so that a crash leaves the old version or the new one. */
const writeVersion = async (path: string, version: number): Promise<void> => {
  const passing = join(path, "version.new");
  await writeFile(passing, `${version}\n`, { flush: true });
  await rename(passing, join(path, "version"));
};

const readNumber = async (file: string): Promise<number | undefined> => {
  try {
    const number = Number.parseInt(await readFile(file, "utf8"), 10);
    return Number.isNaN(number) ? undefined : number;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
};
