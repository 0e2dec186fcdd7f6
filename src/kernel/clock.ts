export const DAY_MS = 86_400_000;

/** The cloud's time. Everything that reads or waits for time does it here, so that time can be scaled and advanced. */
export interface Clock {
  /** Milliseconds since the epoch, in the cloud's time. */
  now(): number;
  /** Resolves after `ms` of the cloud's time; rejects with the signal's reason when aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Moves the cloud's time forward; whatever slept into the gap wakes. */
  advance(ms: number): void;
  /** Stops the cloud's time; only `advance` moves it until `resume`. */
  pause(): void;
  resume(): void;
  /** Goes back to where a new clock would be. Only when nothing waits any more: time runs backwards once. */
  restart(): void;
  /** How fast the cloud's time passes: seconds of it in one of the machine's; 0 while it stands. */
  rate(): number;
}

interface Sleeper {
  readonly wakeAt: number;
  readonly wake: () => void;
  timer: NodeJS.Timeout | undefined;
}

/** Node's timers hold 31 bits of milliseconds: longer sleeps are taken in steps. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** A moment at which a clock was set, from which another can go on. Milliseconds since the epoch. */
export interface ClockReading {
  /** The cloud's time when the machine's was `since`; from there it goes on at `rate`. */
  readonly time: number;
  readonly since: number;
  readonly rate: number;
}

export interface SystemClockOptions {
  readonly scale?: number;
  /** Where an earlier clock was; one that stood stands. */
  readonly from?: ClockReading;
  /** Hears of each time that it is set. */
  readonly onSet?: (reading: ClockReading) => void;
}

/** The machine's clock; with `scale` 60, a minute of the cloud passes each second. */
export const systemClock = ({ scale = 1, from, onSet }: SystemClockOptions = {}): Clock => {
  let since = Date.now();
  let time = from ? from.time + (since - from.since) * from.rate : since;
  let rate = from?.rate === 0 ? 0 : scale;
  const now = () => Math.trunc(time + (Date.now() - since) * rate);
  const arm = (sleeper: Sleeper) => {
    const leftMs = sleeper.wakeAt - now();
    // While the time stands, only what is due already wakes; `resume` and `advance` look again.
    if (rate === 0 && leftMs > 0) return;
    const realMs = leftMs <= 0 ? 0 : Math.min(leftMs / rate, MAX_TIMER_MS);
    sleeper.timer = setTimeout(() => (now() >= sleeper.wakeAt ? sleeper.wake() : arm(sleeper)), Math.ceil(realMs));
  };
  const set = (newTime: number, newRate: number) => {
    time = newTime;
    since = Date.now();
    rate = newRate;
    onSet?.({ time, since, rate });
    sleepers.rearm();
  };
  const sleepers = new Sleepers(arm);
  return {
    now,
    sleep: (ms, signal) => sleepers.sleep(now() + ms, signal),
    advance: (ms) => set(now() + ms, rate),
    pause: () => set(now(), 0),
    resume: () => set(now(), scale),
    restart: () => set(Date.now(), scale),
    rate: () => rate,
  };
};

/** A clock that stands still until it is advanced. */
export const testClock = (startAt: number = Date.UTC(2026, 0, 1)): Clock => {
  let time = startAt;
  const sleepers = new Sleepers(() => {});
  return {
    now: () => time,
    sleep: (ms, signal) => (ms <= 0 ? Promise.resolve() : sleepers.sleep(time + ms, signal)),
    advance: (ms) => {
      time += ms;
      sleepers.wakeUntil(time);
    },
    pause: () => {},
    resume: () => {},
    restart: () => {
      time = startAt;
    },
    rate: () => 0,
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
