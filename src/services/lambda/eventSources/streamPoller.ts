import { errorCode, isRefusal } from "../../../kernel/errors.ts";
import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import { MAX_SYNC_PAYLOAD_BYTES, MAX_WINDOW_STATE_BYTES } from "../limits.ts";
import type { EventSourcePlace, EventSourceRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { parsed } from "./filters.ts";
import { type BatchResult, invokeBatch } from "./invokeBatch.ts";
import { itemFailures } from "./itemFailures.ts";
import { countEvents } from "./mappingMetrics.ts";
import type { StreamItem } from "./streamEvent.ts";
import { reportDiscarded } from "./streamFailure.ts";
import { StreamReader } from "./streamReader.ts";

/** Feeds a function from a stream until the signal aborts, its lanes side by side. */
export const pollStream = async (room: Room, mapping: EventSourceRecord, signal: AbortSignal): Promise<void> => {
  const lanes = Array.from({ length: mapping.parallelization }, (_, lane) => new Lane(room, mapping, lane, signal));
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

class Lane {
  private readonly room: Room;
  private readonly mapping: EventSourceRecord;
  private readonly lane: number;
  private readonly signal: AbortSignal;
  private readonly reader: StreamReader;

  constructor(room: Room, mapping: EventSourceRecord, lane: number, signal: AbortSignal) {
    this.room = room;
    this.mapping = mapping;
    this.lane = lane;
    this.signal = signal;
    this.reader = new StreamReader(room, mapping, lane, signal);
  }

  async run(): Promise<void> {
    while (!this.signal.aborted) {
      try {
        await this.next();
      } catch (error) {
        if (this.signal.aborted) return;
        if (!isRefusal(error)) throw error;
        this.reader.rewind();
        if (errorCode(error) === "ExpiredIteratorException") this.forgetIterator();
        else await this.room.clock.sleep(RETRY_MS, this.signal);
      }
    }
  }

  private async next(): Promise<void> {
    const window = this.place.window;
    const endsAt = window ? window.startAt + this.windowMs : Number.POSITIVE_INFINITY;
    const room = MAX_SYNC_PAYLOAD_BYTES - ENVELOPE_BYTES - (window ? JSON.stringify(window.state).length : 0);
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
      this.room.gauge.tell(this.mapping.functionName, "IteratorAge", this.room.clock.now() - last.at);
      const ran = await invokeBatch(this.room, this.mapping, this.eventOf(fresh.items));
      if (!ran) {
        await this.wait(part.failures);
        parts.push(part);
        continue;
      }
      const failedAt = this.firstFailure(ran, fresh.items);
      countEvents(this.room, this.mapping, "InvokedEventCount", fresh.items.length);
      countEvents(this.room, this.mapping, "FailedInvokeEventCount", fresh.items.length - failedAt);
      if (failedAt > 0) await this.handled(fresh.items.slice(0, failedAt), ran);
      if (failedAt < fresh.items.length) parts.push(...(await this.again(fresh, failedAt, ran)));
    }
  }

  /** What is to be tried again, the last first. https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html */
  private async again({ items, failures }: Part, failedAt: number, ran: BatchResult): Promise<readonly Part[]> {
    this.tell("PROBLEM: Function call failed");
    if (failedAt > 0) return [{ items: items.slice(failedAt), failures: 0 }];
    if (this.mapping.bisects && items.length > 1) {
      // AWS: splitting a batch is not one of its retries.
      const middle = Math.ceil(items.length / 2);
      return [
        { items: items.slice(middle), failures },
        { items: items.slice(0, middle), failures },
      ];
    }
    if (this.mapping.maxRetries >= 0 && failures >= this.mapping.maxRetries) {
      await this.discard("RetryAttemptsExhausted", { items, failures: failures + 1 }, ran);
      return [];
    }
    await this.wait(failures);
    return [{ items, failures: failures + 1 }];
  }

  /** The first record a function could not handle; as many as there are when it handled all. */
  private firstFailure({ result }: BatchResult, items: readonly StreamItem[]): number {
    if (result.outcome === "error") return 0;
    if (!this.mapping.reportsItemFailures) return items.length;
    const sequences = items.map(({ sequence }) => sequence);
    const failed = itemFailures(result.payload.toString(), sequences);
    if (failed === "all") return 0;
    return failed.reduce((least, sequence) => Math.min(least, sequences.indexOf(sequence)), items.length);
  }

  private async handled(items: readonly StreamItem[], { result }: BatchResult): Promise<void> {
    this.tell("OK");
    const last = items.at(-1);
    if (!last) return;
    if (this.windowMs === 0) return this.reach({ after: last.sequence });
    const state = stateIn(result.payload.toString());
    this.reach({ after: last.sequence, window: { startAt: this.windowStart(last), state } });
    if (JSON.stringify(state).length > MAX_WINDOW_STATE_BYTES) await this.closeWindow(true);
  }

  /** The last call of a tumbling window: no records, and the state it has come to. */
  private async closeWindow(early: boolean): Promise<void> {
    const { window } = this.place;
    if (!window) return;
    const event = { ...this.eventOf([]), isFinalInvokeForWindow: true, isWindowTerminatedEarly: early };
    for (let failures = 0; ; failures++) {
      const ran = await invokeBatch(this.room, this.mapping, event);
      if (ran?.result.outcome === "success") break;
      if (ran && this.mapping.maxRetries >= 0 && failures >= this.mapping.maxRetries) break;
      await this.wait(failures);
    }
    const { window: _, ...place } = this.place;
    this.reach(place);
  }

  /** A part without the records that are older than the mapping passes on. */
  private async withoutOld(part: Part): Promise<Part> {
    const { maxAgeSeconds } = this.mapping;
    if (maxAgeSeconds < 0) return part;
    const horizon = this.room.clock.now() - maxAgeSeconds * 1000;
    const old = part.items.filter(({ at }) => at < horizon);
    if (old.length > 0) await this.discard("RecordAgeExceeded", { ...part, items: old }, undefined);
    return { ...part, items: part.items.slice(old.length) };
  }

  private async discard(condition: string, { items, failures }: Part, ran: BatchResult | undefined): Promise<void> {
    const { room, mapping, reader } = this;
    countEvents(room, mapping, "DroppedEventCount", items.length);
    await reportDiscarded(room, mapping, { condition, items, invokeCount: failures, ran, shardId: reader.shardId });
    const last = items.at(-1);
    if (last) this.reach({ ...this.place, after: last.sequence });
  }

  private eventOf(items: readonly StreamItem[]): object {
    const Records = items.map(({ record }) => record);
    if (this.windowMs === 0) return { Records };
    const [first] = items;
    const { window } = this.place;
    const startAt = first ? this.windowStart(first) : (window?.startAt ?? 0);
    return {
      Records,
      window: { start: isoSeconds(startAt), end: isoSeconds(startAt + this.windowMs) },
      state: window?.startAt === startAt ? window.state : {},
      shardId: this.reader.shardId,
      eventSourceARN: this.mapping.sourceArn,
      isFinalInvokeForWindow: false,
      isWindowTerminatedEarly: false,
    };
  }

  private get windowMs(): number {
    return this.mapping.tumblingSeconds * 1000;
  }

  private windowStart({ at }: StreamItem): number {
    return this.windowMs === 0 ? 0 : Math.floor(at / this.windowMs) * this.windowMs;
  }

  private get place(): EventSourcePlace {
    return this.room.eventSourcePlaces.get([this.mapping.uuid, this.lane]) ?? {};
  }

  /** Remembers how far this lane has come, for the next process as well; not for a mapping that has been stopped. */
  private reach(place: EventSourcePlace): void {
    if (!this.signal.aborted) this.room.eventSourcePlaces.put([this.mapping.uuid, this.lane], place);
  }

  /** Only LATEST keeps an iterator, and only for as long as one lasts; what came since the mapping was made is still there. */
  private forgetIterator(): void {
    const { iterator: _, ...place } = this.place;
    this.reach(place);
  }

  private tell(lastResult: string): void {
    const { eventSources } = this.room;
    const record = eventSources.get(this.mapping.uuid);
    if (record && record.lastResult !== lastResult) eventSources.put(record.uuid, { ...record, lastResult });
  }

  private wait(failures: number): Promise<void> {
    return this.room.clock.sleep(Math.min(BACKOFF_MS * 2 ** failures, MAX_BACKOFF_MS), this.signal);
  }
}

const stateIn = (answer: string): JsonObject => {
  const document = parsed(answer);
  const state = isJsonObject(document) ? document["state"] : undefined;
  return isJsonObject(state) ? state : {};
};

const isoSeconds = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;
