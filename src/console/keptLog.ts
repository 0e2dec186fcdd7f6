import { appendFileSync, existsSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";

interface Numbered {
  readonly seq: number;
}

/** A log on disk, so that it outlives the process. */
export interface KeptLog<T extends Numbered> {
  /** Says that there are further entries, and how to read them, the newest first: it is told of every one. */
  changed(entries: () => Iterable<T>): void;
  /** What earlier processes left, the oldest first, numbered below 0. Read when it is first asked for. */
  earlier(): readonly T[];
  /** Forgets everything. */
  clear(): void;
  /** Writes what waits to be written. */
  close(): void;
}

/** Two files of this size are kept: the one that is written, and the one before it. */
const MAX_BYTES = 4 * 1024 * 1024;
/** How long an entry may wait to be written: a kill costs what waits. */
const FLUSH_MS = 500;
/** Of a flood so many are kept in each of these times: a log must not slow what it logs. */
const MAX_ENTRIES_PER_FLUSH = 500;
const OWNER_ONLY = 0o600;

export const openKeptLog = <T extends Numbered>(path: string): KeptLog<T> => {
  const older = `${path}.1`;
  let read: (() => Iterable<T>) | undefined;
  let written = 0;
  let timer: NodeJS.Timeout | undefined;
  let found: readonly T[] | undefined;
  let bytes = sizeOf(path);
  const bytesFound = bytes;
  const earlier = () => {
    found ??= numbered<T>([...linesOf(older), ...linesOf(path, bytesFound)]);
    return found;
  };
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const lines: string[] = [];
    const from = written;
    for (const entry of read?.() ?? []) {
      if (entry.seq <= from || lines.length >= MAX_ENTRIES_PER_FLUSH) break;
      written = Math.max(written, entry.seq);
      lines.push(`${JSON.stringify(entry)}\n`);
    }
    if (lines.length === 0) return;
    const text = lines.reverse().join("");
    if (bytes > MAX_BYTES) {
      // What is about to be moved and lost is still to be shown.
      earlier();
      renameSync(path, older);
      bytes = 0;
    }
    appendFileSync(path, text, { mode: OWNER_ONLY });
    bytes += Buffer.byteLength(text);
  };
  return {
    changed: (entries) => {
      read = entries;
      // Machine time: the cloud's may stand still. It keeps no process alive.
      timer ??= setTimeout(flush, FLUSH_MS).unref();
    },
    earlier,
    clear: () => {
      clearTimeout(timer);
      timer = undefined;
      for (const file of [older, path]) rmSync(file, { force: true });
      found = [];
      bytes = 0;
    },
    close: flush,
  };
};

const sizeOf = (path: string): number => (existsSync(path) ? statSync(path).size : 0);

const linesOf = (path: string, bytes?: number): readonly string[] =>
  existsSync(path) ? readFileSync(path).subarray(0, bytes).toString().split("\n") : [];

const numbered = <T extends Numbered>(lines: readonly string[]): readonly T[] => {
  const entries = lines.flatMap(entryIn<T>);
  return entries.map((entry, index) => ({ ...entry, seq: index - entries.length }));
};

/** The last line of a process that was killed may have an end missing. */
const entryIn = <T>(line: string): readonly T[] => {
  if (!line.endsWith("}")) return [];
  try {
    return [JSON.parse(line)];
  } catch {
    // Cut off within, at what looks like an end.
    return [];
  }
};
