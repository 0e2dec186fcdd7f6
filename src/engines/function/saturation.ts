/** How long is looked back: shorter stretches say more of a single event than of the load. */
const WINDOW_MS = 100;
/** From here on this process is what work waits for. */
const SATURATED = 0.9;

type EventLoop = Pick<typeof performance, "eventLoopUtilization" | "now">;

/**
 * Says whether this process itself has had no time to spare lately. Every event goes through it, so that then no further
 * environment takes any event sooner.
 */
export const createSaturation = (loop: EventLoop = performance): (() => boolean) => {
  let since = loop.eventLoopUtilization();
  let sinceMs = loop.now();
  let saturated = false;
  return () => {
    const now = loop.now();
    if (now - sinceMs < WINDOW_MS) return saturated;
    const current = loop.eventLoopUtilization();
    saturated = loop.eventLoopUtilization(current, since).utilization >= SATURATED;
    since = current;
    sinceMs = now;
    return saturated;
  };
};
