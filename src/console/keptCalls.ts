import { appendFileSync, existsSync, readFileSync, renameSync, statSync } from "node:fs";
import type { CallView } from "./calls.ts";

/** The call log on disk, so that it outlives the process. */
export interface KeptCalls {
  /** Says that there are further calls, and how to read them, the newest first: it is asked for every call. */
  changed(calls: () => Iterable<CallView>): void;
  /** What earlier processes left, the oldest first, numbered below 0. Read when it is first asked for. */
  earlier(): readonly CallView[];
  /** Writes what waits to be written. */
  close(): void;
}

/** Two files of this size are kept: the one that is written, and the one before it. */
const MAX_BYTES = 4 * 1024 * 1024;
/** How long a call may wait to be written: a kill costs what waits. */
const FLUSH_MS = 500;
/** Of a flood so many calls are kept in each of these times: a log must not slow what it logs. */
const MAX_CALLS_PER_FLUSH = 500;
const OWNER_ONLY = 0o600;

export const openKeptCalls = (path: string): KeptCalls => {
  const older = `${path}.1`;
  let read: (() => Iterable<CallView>) | undefined;
  let written = 0;
  let timer: NodeJS.Timeout | undefined;
  let found: readonly CallView[] | undefined;
  let bytes = sizeOf(path);
  const bytesFound = bytes;
  const earlier = () => {
    found ??= numbered([...linesOf(older), ...linesOf(path, bytesFound)]);
    return found;
  };
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const lines: string[] = [];
    const from = written;
    for (const call of read?.() ?? []) {
      if (call.seq <= from || lines.length >= MAX_CALLS_PER_FLUSH) break;
      written = Math.max(written, call.seq);
      lines.push(`${JSON.stringify(call)}\n`);
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
    changed: (calls) => {
      read = calls;
      // Machine time: the cloud's may stand still. It keeps no process alive.
      timer ??= setTimeout(flush, FLUSH_MS).unref();
    },
    earlier,
    close: flush,
  };
};

const sizeOf = (path: string): number => (existsSync(path) ? statSync(path).size : 0);

const linesOf = (path: string, bytes?: number): readonly string[] =>
  existsSync(path) ? readFileSync(path).subarray(0, bytes).toString().split("\n") : [];

const numbered = (lines: readonly string[]): readonly CallView[] => {
  const calls = lines.flatMap(callIn);
  return calls.map((call, index) => ({ ...call, seq: index - calls.length }));
};

/** The last line of a process that was killed may have an end missing. */
const callIn = (line: string): readonly CallView[] => {
  if (!line.endsWith("}")) return [];
  try {
    return [JSON.parse(line)];
  } catch {
    // Cut off within, at what looks like an end.
    return [];
  }
};
