import { readdir, readFile } from "node:fs/promises";
import { machineClock } from "./group.ts";
import { MARKER_VARIABLE } from "./port.ts";

/**
 * Kills every process whose environment carries the marker; resolves with how many there were.
 * Differs: only Linux shows other processes' environments, so elsewhere what has left its group is not found.
 */
export const killMarked = async (marker: string): Promise<number> => {
  if (process.platform !== "linux") return 0;
  const killed = new Set<number>();
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const found = await markedProcesses(marker);
    if (found.length === 0) break;
    for (const pid of found) if (kill(pid)) killed.add(pid);
    await machineClock.sleep(POLL_MS);
  }
  return killed.size;
};

/** A process may fork between the look and the kill, and takes a moment to die: look again until none is found. */
const MAX_ROUNDS = 200;
const POLL_MS = 5;

const markedProcesses = async (marker: string): Promise<readonly number[]> => {
  const entry = `${MARKER_VARIABLE}=${marker}`;
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const marked = await Promise.all(pids.map(async (pid) => (await carries(pid, entry)) && pid !== process.pid));
  return pids.filter((_, index) => marked[index]);
};

const carries = async (pid: number, entry: string): Promise<boolean> => {
  try {
    return (await readFile(`/proc/${pid}/environ`, "utf8")).split("\0").includes(entry);
  } catch {
    // It ended meanwhile, or belongs to someone else: not ours to kill.
    return false;
  }
};

const kill = (pid: number): boolean => {
  try {
    return process.kill(pid, "SIGKILL");
  } catch {
    // It ended meanwhile.
    return false;
  }
};
