import { MIN_START_MS } from "./limits.ts";

/** The newest measurement's share in an average. */
const WEIGHT = 0.1;

/** The events that wait for an environment of a pool. */
export interface Backlog {
  readonly waiting: number;
  /** Since when the first of them does. */
  readonly sinceMs: number;
  /** Environments that have started. */
  readonly ready: number;
  /** What hands events over has no time to spare, so that nobody takes more of them. */
  readonly saturated: boolean;
}

/**
 * How quickly the environments of a pool take events that wait, measured while some do. How long an event takes does not say
 * it: on a busy machine more environments make each event slower, and none sooner. All times are a stopwatch's.
 */
export class Pace {
  private durationMs: number | undefined;
  private intervalMs: number | undefined;
  private takenMs: number | undefined;
  private startedMs: number | undefined;

  /** An environment took so long to start. */
  started(ms: number): void {
    this.startedMs = averaged(this.startedMs, ms);
  }

  /** An event took so long. */
  ran(ms: number): void {
    this.durationMs = averaged(this.durationMs, ms);
  }

  /** An environment that became free took an event that had waited. */
  took(nowMs: number): void {
    // One interval alone may be anything, so the first ones are weighed against how long events have taken.
    const before = this.intervalMs ?? this.durationMs;
    if (this.takenMs !== undefined) this.intervalMs = averaged(before, nowMs - this.takenMs);
    this.takenMs = nowMs;
  }

  /** Nothing waits any more: the time until the next event is taken says nothing. */
  idled(): void {
    this.takenMs = undefined;
  }

  /** Whether another environment would be ready before the events that wait are taken by those there are. */
  isWorthStarting({ waiting, sinceMs, ready, saturated }: Backlog, nowMs: number): boolean {
    const intervalMs = this.intervalMs ?? (this.durationMs === undefined ? undefined : this.durationMs / ready);
    // AWS starts one for each event that finds none free; as long as nothing is known, so do we.
    if (ready === 0 || intervalMs === undefined) return true;
    if (saturated) return false;
    const startMs = Math.max(this.startedMs ?? 0, MIN_START_MS);
    return waiting * intervalMs > startMs || nowMs - (this.takenMs ?? sinceMs) > startMs;
  }
}

const averaged = (before: number | undefined, ms: number): number =>
  before === undefined ? ms : before + (ms - before) * WEIGHT;
