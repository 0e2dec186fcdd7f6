import { statfs } from "node:fs/promises";
import type { Clock } from "../../kernel/clock.ts";
import { BuildFailure } from "./failure.ts";

/** Builds share this machine's disk with all else: one that fills it is ended before nothing works any more. */
export const MIN_FREE_BYTES = 512 * 1024 ** 2;
const LOOK_MS = 2_000;

/** The reason with which a build is ended that leaves too little of the disk. */
export const diskFull = () =>
  new BuildFailure(
    "CLIENT_ERROR",
    `The build was ended: less than ${MIN_FREE_BYTES / 1024 ** 2} MiB are left on the disk`,
  );

/** Looks every two seconds of the machine's until the build is over. */
export const guardDisk = async (
  machineClock: Clock,
  freeBytes: () => Promise<number>,
  over: AbortSignal,
  act: () => void,
): Promise<void> => {
  while (!over.aborted) {
    if ((await freeBytes()) < MIN_FREE_BYTES) return act();
    try {
      await machineClock.sleep(LOOK_MS, over);
    } catch {
      return; // The build is over.
    }
  }
};

/** What is free where a folder is. */
export const freeBytesAt = async (folder: string): Promise<number> => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
};
