import { setTimeout as sleep } from "node:timers/promises";

/** Waits between two looks at something under way: our time, not the cloud's. */
export const pause = (ms: number): Promise<void> => sleep(ms);
