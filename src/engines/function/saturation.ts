/** How long is looked back: shorter stretches say more of a single event than of the load. */
const WINDOW_MS = 100;
/** A timer that comes so much late was held up by the machine. */
const STALLED_MS = 10;
/** From here on this process is what work waits for. */
const SATURATED = 0.9;

type EventLoop = Pick<typeof performance, "eventLoopUtilization" | "now">;

/** Whether this process itself is what events wait for. Every event goes through it: then no environment takes any sooner. */
export interface Saturation {
  /** It has had no time to spare lately, or the machine none for it. */
  isSaturated(): boolean;
  /** A timer of those who wait came so much after its time. */
  woke(lateMs: number): void;
}

export const createSaturation = (loop: EventLoop = performance): Saturation => {
  let since = loop.eventLoopUtilization();
  let sinceMs = loop.now();
  let busy = false;
  let stalled = false;
  return {
    isSaturated: () => {
      const now = loop.now();
      if (now - sinceMs >= WINDOW_MS) {
        const current = loop.eventLoopUtilization();
        busy = loop.eventLoopUtilization(current, since).utilization >= SATURATED;
        since = current;
        sinceMs = now;
      }
      return busy || stalled;
    },
    woke: (lateMs) => {
      stalled = lateMs >= STALLED_MS;
    },
  };
};
