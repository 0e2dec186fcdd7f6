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
