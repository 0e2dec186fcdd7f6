import { closeSync, openSync, readdirSync, readSync } from "node:fs";

/** The memory of a process. */
export interface MemoryUse {
  /** The most it ever had resident. */
  readonly peakMb: number;
  /** What it now holds of its own; files it maps, such as the runtime's binary, do not count against a function. */
  readonly ownMb: number;
}

/** Whose children count: those of the main thread, which starts nearly all, or of any thread, each a file to read. */
export type Starters = "main thread" | "all threads";

/** The memory of a process and of all it has started, or undefined where the operating system does not tell (it needs Linux's /proc) or it is gone. */
export const memoryOf = (pid: number, starters: Starters): MemoryUse | undefined => {
  const use = memoryOfOne(pid);
  if (!use) return undefined;
  let { peakMb, ownMb } = use;
  for (const child of childrenOf(pid, starters)) {
    const its = memoryOf(child, starters);
    peakMb += its?.peakMb ?? 0;
    ownMb += its?.ownMb ?? 0;
  }
  return { peakMb, ownMb };
};

const memoryOfOne = (pid: number): MemoryUse | undefined => {
  try {
    const status = contents(`/proc/${pid}/status`);
    return { peakMb: megabytes(status, "VmHWM:"), ownMb: megabytes(status, "RssAnon:") };
  } catch {
    // No such process any more, or no such file system.
    return undefined;
  }
};

/** What a process's threads have started. */
const childrenOf = (pid: number, starters: Starters): number[] => {
  try {
    const threads = starters === "main thread" ? [String(pid)] : readdirSync(`/proc/${pid}/task`);
    return threads.flatMap((thread) =>
      contents(`/proc/${pid}/task/${thread}/children`).split(" ").filter(Boolean).map(Number),
    );
  } catch {
    // It is gone, or the system does not tell.
    return [];
  }
};

const buffer = Buffer.allocUnsafeSlow(64 * 1024);

/** What the system tells in a file of its own, read at once: such files are small, and have no length to ask for first. */
const contents = (path: string): string => {
  const file = openSync(path, "r");
  try {
    return buffer.toString("latin1", 0, readSync(file, buffer));
  } finally {
    closeSync(file);
  }
};

const megabytes = (status: string, field: string): number => {
  const at = status.indexOf(field);
  return at < 0 ? 0 : Math.ceil(Number.parseInt(status.slice(at + field.length), 10) / 1024);
};
