import { ActionFailure, ExecutionAbandoned, ExecutionCancelled } from "../../../engines/pipeline/runAction.ts";
import { POLL_MS } from "../limits.ts";
import type { Room } from "../room.ts";

/**
 * Looks until there is something to see: when an event of that source says that something changed, and from time to time.
 * Rejects with the signal's reason when it aborts.
 */
export const waitFor = async <T>(
  { deps, clock }: Pick<Room, "deps" | "clock">,
  source: string,
  look: () => Promise<T | undefined>,
  signal: AbortSignal,
  pollMs = POLL_MS,
): Promise<T> => {
  let changed = false;
  let wake = () => {};
  const stop = deps.events.subscribe((event) => {
    if (event.source !== source) return;
    changed = true;
    wake();
  });
  try {
    while (true) {
      signal.throwIfAborted();
      changed = false;
      const seen = await look();
      if (seen !== undefined) return seen;
      if (changed) continue;
      const slept = new AbortController();
      const event = new Promise<void>((resolve) => (wake = resolve));
      try {
        await Promise.race([event, clock.sleep(pollMs, AbortSignal.any([signal, slept.signal]))]);
      } finally {
        slept.abort();
      }
    }
  } finally {
    stop();
  }
};

/**
 * Ends what an action set going elsewhere, should the action be given up meanwhile. When the cloud stops, it is not: the
 * next process takes it up; nor when its pipeline was changed, which it may be doing itself.
 */
export const endingWith = async <T>(signal: AbortSignal, end: () => Promise<unknown>, work: Promise<T>): Promise<T> => {
  const givenUp = () => {
    if (signal.reason instanceof ExecutionCancelled) return;
    // Nobody waits for it any more: what cannot be ended now comes to its own end.
    if (signal.reason instanceof ExecutionAbandoned || signal.reason instanceof ActionFailure) end().catch(() => {});
  };
  signal.addEventListener("abort", givenUp, { once: true });
  try {
    return await work;
  } finally {
    signal.removeEventListener("abort", givenUp);
  }
};
