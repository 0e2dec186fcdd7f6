import { type Clock, DAY_MS } from "../../kernel/clock.ts";
import type { Tasks } from "../../kernel/tasks.ts";

/** Work that is done at each midnight of the cloud's time. */
export interface Daily {
  /** Begins with it, unless that is under way. `work` says whether there may be more to do on another day. */
  start(work: () => boolean): void;
  /** Ends it. */
  stop(): Promise<void>;
}

export const createDaily = (
  name: string,
  { clock, tasks }: { readonly clock: Clock; readonly tasks: Tasks },
): Daily => {
  const stopped = new AbortController();
  let running: Promise<void> | undefined;
  let goesOn = true;
  const run = async (work: () => boolean) => {
    for (goesOn = true; goesOn && !stopped.signal.aborted; ) {
      await clock.sleep(DAY_MS - (clock.now() % DAY_MS), stopped.signal).catch(() => {
        // Only the stop ends a sleep early, and the loop looks for it.
      });
      if (stopped.signal.aborted) return;
      tasks.spawn(name, async () => {
        goesOn = work();
      });
    }
    running = undefined;
  };
  return {
    start: (work) => {
      goesOn = true;
      running ??= run(work);
    },
    stop: async () => {
      stopped.abort();
      await running;
    },
  };
};

/** AWS: days are counted in full and rounded up to the next midnight, UTC. */
export const midnightAfter = (since: number, days: number): number =>
  Math.ceil((since + days * DAY_MS) / DAY_MS) * DAY_MS;
