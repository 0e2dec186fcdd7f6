import { type Clock, systemClock } from "./clock.ts";

/** How exactly timeouts are kept: they are seconds long. */
const SWEEP_MS = 100;

interface Pending {
  readonly dueAt: number;
  readonly expire: () => void;
}

/** Bounds work in time with one timer for all of it: nearly everything ends long before its time. */
export interface Timeouts {
  /** What the work gives, or `late` when it takes longer than `ms` of the machine's time. */
  race<R>(work: Promise<R>, ms: number, late: R): Promise<R>;
}

export const createTimeouts = (clock: Clock = systemClock()): Timeouts => {
  const pending = new Set<Pending>();
  let sweeping = false;
  const sweep = async () => {
    sweeping = true;
    while (pending.size > 0) {
      await clock.sleep(SWEEP_MS);
      const now = clock.now();
      for (const one of pending) if (one.dueAt <= now) one.expire();
    }
    sweeping = false;
  };
  return {
    race: (work, ms, late) =>
      new Promise((resolve, reject) => {
        const one: Pending = {
          dueAt: clock.now() + ms,
          expire: () => {
            pending.delete(one);
            resolve(late);
          },
        };
        pending.add(one);
        if (!sweeping) void sweep();
        const leave = () => pending.delete(one);
        work.then(
          (result) => {
            leave();
            resolve(result);
          },
          (error) => {
            leave();
            reject(error);
          },
        );
      }),
  };
};
