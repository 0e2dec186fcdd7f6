import type { Clock } from "../../kernel/clock.ts";

/** Watches one deadline after another with a single timer: setting and clearing one costs nothing, as most are met. */
export class Deadline {
  private readonly clock: Clock;
  private readonly stepMs: number;
  private readonly listener: { tick(): void; expire(): void };
  private expiresAt: number | undefined;
  private watching = false;

  /** While a deadline stands, `tick` is called every `stepMs`, and `expire` when it has passed. */
  constructor(clock: Clock, stepMs: number, listener: { tick(): void; expire(): void }) {
    this.clock = clock;
    this.stepMs = stepMs;
    this.listener = listener;
  }

  set(ms: number): void {
    this.expiresAt = this.clock.now() + ms;
    if (!this.watching) void this.watch();
  }

  clear(): void {
    this.expiresAt = undefined;
  }

  private async watch(): Promise<void> {
    this.watching = true;
    while (this.expiresAt !== undefined) {
      const leftMs = this.expiresAt - this.clock.now();
      if (leftMs <= 0) {
        this.expiresAt = undefined;
        this.listener.expire();
        break;
      }
      await this.clock.sleep(Math.min(leftMs, this.stepMs));
      if (this.expiresAt !== undefined) this.listener.tick();
    }
    this.watching = false;
  }
}
