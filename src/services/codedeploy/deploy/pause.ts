import { ALARM_POLL_MS } from "../limits.ts";
import { checkAlarms, watchesAlarms } from "./alarms.ts";
import { Ended, missing } from "./ended.ts";
import { current } from "./ledger.ts";
import type { Work } from "./work.ts";

/** Waits until a time of the cloud's, or until `done` says so. Throws when the deployment is stopped, its group or application is deleted, or an alarm goes off. */
export const pause = async (work: Work, until: number, done: () => boolean = () => false): Promise<void> => {
  const { room, id, signal } = work;
  for (;;) {
    checkStop(work);
    if (done()) return;
    const left = until - room.deps.clock.now();
    if (left <= 0) return;
    await ringOrTime(work, watchesAlarms(current(room, id)) ? Math.min(left, ALARM_POLL_MS) : left);
    signal.throwIfAborted();
    await checkAlarms(work);
  }
};

const ringOrTime = async ({ room, id, signal }: Work, ms: number): Promise<void> => {
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  try {
    await Promise.race([room.bells.next(id, either), room.deps.clock.sleep(ms, either)]);
  } finally {
    over.abort();
  }
};

const checkStop = ({ room, id }: Work): void => {
  const deployment = current(room, id);
  if (deployment.deleted) throw missing(deployment);
  if (deployment.stopRequested === undefined) return;
  throw new Ended("Stopped", { code: "MANUAL_STOP", message: "Deployment has been manually stopped." });
};
