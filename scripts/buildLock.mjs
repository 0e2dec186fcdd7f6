import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** No build takes so long: who held the lock has died, and its process's number may be another's by now. */
const STALE_MS = 10 * 60_000;
const POLL_MS = 100;

/**
 * One process at a time: takes the lock, gives it back when the process ends. False when another has it and `wait` is false.
 */
export const takeLock = async (path, { wait }) => {
  mkdirSync(dirname(path), { recursive: true });
  while (!tryLock(path)) {
    if (isStale(path)) rmSync(path, { force: true });
    else if (!wait) return false;
    else await sleep(POLL_MS);
  }
  process.once("exit", () => rmSync(path, { force: true }));
  return true;
};

const tryLock = (path) => {
  try {
    writeFileSync(path, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
};

const isStale = (path) => {
  try {
    if (Date.now() - statSync(path).mtimeMs > STALE_MS) return true;
    const pid = Number(readFileSync(path, "utf8"));
    if (pid > 0) process.kill(pid, 0);
    return false;
  } catch (error) {
    // ESRCH: its process is gone. ENOENT: it was given back just now.
    return error.code === "ESRCH";
  }
};
