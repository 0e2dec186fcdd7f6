export const DAY_MS = 86_400_000;

/** The cloud's time. Everything that reads or waits for time does it here, so that time can be scaled and advanced. */
export interface Clock {
  /** Milliseconds since the epoch, in the cloud's time. */
  now(): number;
  /** Resolves after `ms` of the cloud's time; rejects with the signal's reason when aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Moves the cloud's time forward; whatever slept into the gap wakes. */
  advance(ms: number): void;
}

interface Sleeper {
  readonly wakeAt: number;
  readonly wake: () => void;
  timer: NodeJS.Timeout | undefined;
}

/** Node's timers hold 31 bits of milliseconds: longer sleeps are taken in steps. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** The machine's clock; with `scale` 60, a minute of the cloud passes each second. */
export const systemClock = ({ scale = 1 }: { readonly scale?: number } = {}): Clock => {
  const startedAt = Date.now();
  let advancedMs = 0;
  const now = () => Math.trunc(startedAt + (Date.now() - startedAt) * scale + advancedMs);
  const arm = (sleeper: Sleeper) => {
    const realMs = Math.min(Math.max(0, (sleeper.wakeAt - now()) / scale), MAX_TIMER_MS);
    sleeper.timer = setTimeout(() => (now() >= sleeper.wakeAt ? sleeper.wake() : arm(sleeper)), Math.ceil(realMs));
  };
  const sleepers = new Sleepers(arm);
  return {
    now,
    sleep: (ms, signal) => sleepers.sleep(now() + ms, signal),
    advance: (ms) => {
      advancedMs += ms;
      sleepers.rearm();
    },
  };
};

/** A clock that stands still until it is advanced. */
export const testClock = (startAt = Date.UTC(2026, 0, 1)): Clock => {
  let time = startAt;
  const sleepers = new Sleepers(() => {});
  return {
    now: () => time,
    sleep: (ms, signal) => (ms <= 0 ? Promise.resolve() : sleepers.sleep(time + ms, signal)),
    advance: (ms) => {
      time += ms;
      sleepers.wakeUntil(time);
    },
  };
};

class Sleepers {
  private readonly waiting = new Set<Sleeper>();
  private readonly arm: (sleeper: Sleeper) => void;

  constructor(arm: (sleeper: Sleeper) => void) {
    this.arm = arm;
  }

  sleep(wakeAt: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const leave = () => {
        clearTimeout(sleeper.timer);
        this.waiting.delete(sleeper);
        signal?.removeEventListener("abort", abort);
      };
      const abort = () => {
        leave();
        reject(signal?.reason);
      };
      const wake = () => {
        leave();
        resolve();
      };
      const sleeper: Sleeper = { wakeAt, wake, timer: undefined };
      this.waiting.add(sleeper);
      signal?.addEventListener("abort", abort, { once: true });
      this.arm(sleeper);
    });
  }

  rearm(): void {
    for (const sleeper of this.waiting) {
      clearTimeout(sleeper.timer);
      this.arm(sleeper);
    }
  }

  wakeUntil(time: number): void {
    const due = [...this.waiting].filter((sleeper) => sleeper.wakeAt <= time);
    for (const sleeper of due.sort((a, b) => a.wakeAt - b.wakeAt)) sleeper.wake();
  }
}
