import { errorCode, isRefusal } from "../../kernel/errors.ts";
import { MAX_BATCH_BYTES, MAX_WINDOW_STATE_BYTES } from "./limits.ts";
import type { PolledStream, PollerMeans, StreamPlace } from "./source.ts";
import type { BatchOutcome, BatchWindow, Discarded, StreamBatch, StreamConsumer } from "./streamConsumer.ts";
import type { StreamItem } from "./streamEvent.ts";
import { type LaneParts, StreamReader } from "./streamReader.ts";

/** Feeds a consumer from a stream until the signal aborts, its lanes side by side. */
export const pollStream = async <Run>(
  means: PollerMeans,
  source: PolledStream,
  consumer: StreamConsumer<Run>,
  signal: AbortSignal,
): Promise<void> => {
  const lanes = Array.from(
    { length: source.parallelization },
    (_, lane) => new Lane({ means, source, consumer, lane, signal }),
  );
  await Promise.all(lanes.map((lane) => lane.run()));
};

/** Between two looks at a stream that cannot be read. */
const RETRY_MS = 5000;
/** Failed batches wait ever longer. */
const BACKOFF_MS = 1000;
const MAX_BACKOFF_MS = 60_000;
/** The window's own members of the event leave the records this much less room. */
const ENVELOPE_BYTES = 1024;

/** A batch, or what is left of one, with how often it has failed. */
interface Part {
  readonly items: readonly StreamItem[];
  readonly failures: number;
}

class Lane<Run> {
  private readonly parts: LaneParts<Run>;
  private readonly reader: StreamReader<Run>;

  constructor(parts: LaneParts<Run>) {
    this.parts = parts;
    this.reader = new StreamReader(parts);
  }

  async run(): Promise<void> {
    while (!this.parts.signal.aborted) {
      try {
        await this.next();
      } catch (error) {
        if (this.parts.signal.aborted) return;
        if (!isRefusal(error)) throw error;
        this.reader.rewind();
        if (errorCode(error) === "ExpiredIteratorException") this.forgetIterator();
        else await this.parts.means.clock.sleep(RETRY_MS, this.parts.signal);
      }
    }
  }

  private async next(): Promise<void> {
    const window = this.place.window;
    const endsAt = window ? window.startAt + this.windowMs : Number.POSITIVE_INFINITY;
    const room = MAX_BATCH_BYTES - ENVELOPE_BYTES - (window ? JSON.stringify(window.state).length : 0);
    const items = await this.reader.batch(room, endsAt, (item) => this.windowStart(item));
    const [first] = items;
    if (window && (!first || this.windowStart(first) !== window.startAt)) await this.closeWindow(false);
    if (first) await this.settle(items);
    const { settled } = this.reader;
    if (settled !== undefined && settled !== this.place.after) this.reach({ after: settled });
  }

  /** Brings a batch to its end: handled, or given up. */
  private async settle(items: readonly StreamItem[]): Promise<void> {
    const parts: Part[] = [{ items, failures: 0 }];
    for (let part = parts.pop(); part; part = parts.pop()) {
      const fresh = await this.withoutOld(part);
      const last = fresh.items.at(-1);
      if (!last) continue;
      this.parts.consumer.tellAge?.(this.parts.means.clock.now() - last.at);
      const outcome = await this.parts.consumer.take(this.batchOf(fresh.items));
      if (!outcome) {
        await this.wait(part.failures);
        parts.push(part);
        continue;
      }
      const { failedAt } = outcome;
      this.parts.consumer.count?.("InvokedEventCount", fresh.items.length);
      this.parts.consumer.count?.("FailedInvokeEventCount", fresh.items.length - failedAt);
      if (failedAt > 0) await this.handled(fresh.items.slice(0, failedAt), outcome);
      if (failedAt < fresh.items.length) parts.push(...(await this.again(fresh, outcome)));
    }
  }

  /** What is to be tried again, the last first. https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html */
  private async again({ items, failures }: Part, { failedAt, run }: BatchOutcome<Run>): Promise<readonly Part[]> {
    this.parts.consumer.tell?.("PROBLEM: Function call failed");
    if (failedAt > 0) return [{ items: items.slice(failedAt), failures: 0 }];
    if (this.parts.source.bisects && items.length > 1) {
      // AWS: splitting a batch is not one of its retries.
      const middle = Math.ceil(items.length / 2);
      return [
        { items: items.slice(middle), failures },
        { items: items.slice(0, middle), failures },
      ];
    }
    if (this.parts.source.maxRetries >= 0 && failures >= this.parts.source.maxRetries) {
      await this.discard("RetryAttemptsExhausted", { items, failures: failures + 1 }, run);
      return [];
    }
    await this.wait(failures);
    return [{ items, failures: failures + 1 }];
  }

  private async handled(items: readonly StreamItem[], { state = {} }: BatchOutcome<Run>): Promise<void> {
    this.parts.consumer.tell?.("OK");
    const last = items.at(-1);
    if (!last) return;
    if (this.windowMs === 0) return this.reach({ after: last.sequence });
    this.reach({ after: last.sequence, window: { startAt: this.windowStart(last), state } });
    if (JSON.stringify(state).length > MAX_WINDOW_STATE_BYTES) await this.closeWindow(true);
  }

  /** The last call of a tumbling window: no records, and the state it has come to. */
  private async closeWindow(isEarly: boolean): Promise<void> {
    const { window } = this.place;
    if (!window) return;
    const last = { ...window, endAt: window.startAt + this.windowMs, isLast: true, isEarly };
    for (let failures = 0; ; failures++) {
      const outcome = await this.parts.consumer.take({ items: [], shardId: this.reader.shardId, window: last });
      if (outcome?.isSuccess) break;
      if (outcome && this.parts.source.maxRetries >= 0 && failures >= this.parts.source.maxRetries) break;
      await this.wait(failures);
    }
    const { window: _, ...place } = this.place;
    this.reach(place);
  }

  /** A part without the records that are older than the source passes on. */
  private async withoutOld(part: Part): Promise<Part> {
    const { maxAgeSeconds } = this.parts.source;
    if (maxAgeSeconds < 0) return part;
    const horizon = this.parts.means.clock.now() - maxAgeSeconds * 1000;
    const old = part.items.filter(({ at }) => at < horizon);
    if (old.length > 0) await this.discard("RecordAgeExceeded", { ...part, items: old }, undefined);
    return { ...part, items: part.items.slice(old.length) };
  }

  private async discard(
    condition: Discarded<Run>["condition"],
    { items, failures }: Part,
    run: Run | undefined,
  ): Promise<void> {
    this.parts.consumer.count?.("DroppedEventCount", items.length);
    await this.parts.consumer.discarded({ condition, items, attempts: failures, run, shardId: this.reader.shardId });
    const last = items.at(-1);
    if (last) this.reach({ ...this.place, after: last.sequence });
  }

  private batchOf(items: readonly StreamItem[]): StreamBatch {
    const { shardId } = this.reader;
    return this.windowMs === 0 ? { items, shardId } : { items, shardId, window: this.windowOf(items) };
  }

  private windowOf([first]: readonly StreamItem[]): BatchWindow {
    const { window } = this.place;
    const startAt = first ? this.windowStart(first) : (window?.startAt ?? 0);
    const state = window?.startAt === startAt ? window.state : {};
    return { startAt, endAt: startAt + this.windowMs, state, isLast: false, isEarly: false };
  }

  private get windowMs(): number {
    return this.parts.source.tumblingSeconds * 1000;
  }

  private windowStart({ at }: StreamItem): number {
    return this.windowMs === 0 ? 0 : Math.floor(at / this.windowMs) * this.windowMs;
  }

  private get place(): StreamPlace {
    return this.parts.consumer.place(this.parts.lane);
  }

  /** Remembers how far this lane has come, for the next process as well; not for a reader that has been stopped. */
  private reach(place: StreamPlace): void {
    if (!this.parts.signal.aborted) this.parts.consumer.reach(this.parts.lane, place);
  }

  /** Only LATEST keeps an iterator, and only for as long as one lasts; what came since reading was asked for is still there. */
  private forgetIterator(): void {
    const { iterator: _, ...place } = this.place;
    this.reach(place);
  }

  private wait(failures: number): Promise<void> {
    return this.parts.means.clock.sleep(Math.min(BACKOFF_MS * 2 ** failures, MAX_BACKOFF_MS), this.parts.signal);
  }
}
