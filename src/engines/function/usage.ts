import { MEMORY_SAMPLE_MS, STORAGE_SAMPLE_MS, THREADS_SAMPLE_MS } from "./limits.ts";
import { memoryOf } from "./memory.ts";
import type { FunctionSpec } from "./spec.ts";
import { takesMoreThan } from "./storage.ts";

/** What an environment uses of what its function may. */
export class Usage {
  private peakMb = 0;
  private sampledMs = Number.NEGATIVE_INFINITY;
  private threadsSampledMs = Number.NEGATIVE_INFINITY;
  private measuredMs = 0;
  private readonly spec: FunctionSpec;
  private readonly scratch: string;
  private readonly stopwatchMs: () => number;

  constructor(spec: FunctionSpec, scratch: string, stopwatchMs: () => number) {
    this.spec = spec;
    this.scratch = scratch;
    this.stopwatchMs = stopwatchMs;
  }

  /** The most memory it ever had, as REPORT shows it. */
  get maxMemoryMb(): number {
    return Math.min(this.peakMb, this.spec.memoryMb);
  }

  /** Nobody has looked at its memory lately. */
  get isStale(): boolean {
    return this.stopwatchMs() - this.sampledMs > MEMORY_SAMPLE_MS;
  }

  /** Looks at its memory; true when that is more than it may be. */
  exceedsMemory(pid: number | undefined): boolean {
    if (pid === undefined) return false;
    this.sampledMs = this.stopwatchMs();
    const isThreadsTurn = this.sampledMs - this.threadsSampledMs >= THREADS_SAMPLE_MS;
    if (isThreadsTurn) this.threadsSampledMs = this.sampledMs;
    const use = memoryOf(pid, isThreadsTurn ? "all threads" : "main thread");
    if (!use) return false;
    this.peakMb = Math.max(this.peakMb, use.peakMb);
    return use.ownMb > this.spec.memoryMb;
  }

  /** Measures its temporary files, not too often; true when they take more than they may. */
  async exceedsStorage(): Promise<boolean> {
    const now = this.stopwatchMs();
    if (now - this.measuredMs < STORAGE_SAMPLE_MS) return false;
    this.measuredMs = now;
    return takesMoreThan(this.scratch, this.spec.ephemeralMb * 1024 * 1024);
  }
}
