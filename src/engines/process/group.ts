import { readdir, readFile } from "node:fs/promises";
import { systemClock } from "../../kernel/clock.ts";
import { errorCode } from "../../kernel/errors.ts";

/** Sends a signal to every process of a group. False when there is none left. */
export const signalGroup = (pid: number, signal: NodeJS.Signals | 0): boolean => {
  try {
    process.kill(-pid, signal);
    return true;
  } catch (error) {
    if (systemCode(error) === "ESRCH") return false;
    // macOS answers EPERM for a group of which only zombies are left.
    if (systemCode(error) === "EPERM") return false;
    throw error;
  }
};

/** Kills what is left of a group and resolves when no living one is left, or when the bound is reached. */
export const endGroup = async (pid: number): Promise<void> => {
  for (let waitedMs = 0; waitedMs < MAX_WAIT_MS; waitedMs += POLL_MS) {
    if (!signalGroup(pid, "SIGKILL")) return;
    await machineClock.sleep(POLL_MS);
    if (waitedMs > 0 && (await onlyZombies(pid))) return;
  }
};

/** Whether a group has no member but the dead whom their parent has not collected; only Linux can tell. */
const onlyZombies = async (group: number): Promise<boolean> => {
  if (process.platform !== "linux") return false;
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const states = await Promise.all(pids.map((pid) => stateIn(group, pid)));
  return states.every((state) => state === undefined || state === "Z" || state === "X");
};

/** The state of a process when it is a member of the group. */
const stateIn = async (group: number, pid: string): Promise<string | undefined> => {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    // `pid (name) state parent group …`: the name may hold anything, so read from its last parenthesis on.
    const [state, , processGroup] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return Number(processGroup) === group ? state : undefined;
  } catch {
    return undefined; // It ended meanwhile.
  }
};

/** Real processes live in real time, however fast the cloud's clock runs. */
export const machineClock = systemClock();

/** The code of a system call's error, such as `ENOENT`. */
export const systemCode = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : errorCode(error);

const POLL_MS = 2;
const MAX_WAIT_MS = 1_000;
