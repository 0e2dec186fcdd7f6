import type { Clock } from "../../kernel/clock.ts";
import type { Tasks } from "../../kernel/tasks.ts";

/** Work that is done whenever a period of the cloud's time has passed, such as each midnight. */
export interface Periodic {
  /** Begins with it, unless that is under way. `work` says whether there may be more to do another time. */
  start(work: Work): void;
  /** Ends it. */
  stop(): Promise<void>;
}

type Work = () => boolean | Promise<boolean>;

export const createPeriodic = (
  name: string,
  periodMs: number,
  { clock, tasks }: { readonly clock: Clock; readonly tasks: Tasks },
): Periodic => {
  const stopped = new AbortController();
  let running: Promise<void> | undefined;
  let goesOn = true;
  const run = async (work: Work) => {
    for (goesOn = true; goesOn && !stopped.signal.aborted; ) {
      await clock.sleep(periodMs - (clock.now() % periodMs), stopped.signal).catch(() => {
        // Only the stop ends a sleep early, and the loop looks for it.
      });
      if (stopped.signal.aborted) return;
      tasks.spawn(name, async () => {
        goesOn = await work();
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
