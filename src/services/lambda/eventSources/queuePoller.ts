import type { Context } from "../../../kernel/context.ts";
import { isRefusal } from "../../../kernel/errors.ts";
import { findVersion } from "../find.ts";
import { MAX_RECEIVED_MESSAGES, MAX_SYNC_PAYLOAD_BYTES, MAX_WAIT_SECONDS, QUEUE_CONCURRENCY } from "../limits.ts";
import { isDropped } from "../lineage.ts";
import type { EventSourceRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { filterOf } from "./filters.ts";
import { type BatchResult, invokeBatch } from "./invokeBatch.ts";
import { itemFailures } from "./itemFailures.ts";
import { countEvents } from "./mappingMetrics.ts";
import { filterable, type SqsItem, sqsItem, tracesOf } from "./sqsEvent.ts";

/** Between two looks at a queue, or a function, that cannot be reached. */
const RETRY_MS = 5000;
/** Between two attempts of a batch that was throttled. */
const THROTTLED_MS = 1000;

/** Feeds a function from a queue until the signal aborts: receives as the function's role, runs batches side by side. */
export const pollQueue = async (room: Room, mapping: EventSourceRecord, signal: AbortSignal): Promise<void> => {
  const queue = new MappedQueue(room, mapping, signal);
  const running = new Set<Promise<void>>();
  const limit = mapping.maxConcurrency ?? QUEUE_CONCURRENCY;
  while (!signal.aborted) {
    if (running.size >= limit) await Promise.race(running);
    const batch = await queue.receive();
    for (const items of inPayloads(batch)) {
      const work = queue
        .handle(items)
        .catch((error: unknown) => room.tasks.spawn("a batch of messages", () => Promise.reject(error)))
        .finally(() => running.delete(work));
      running.add(work);
    }
  }
  await Promise.allSettled(running);
};

class MappedQueue {
  private readonly room: Room;
  private readonly mapping: EventSourceRecord;
  private readonly signal: AbortSignal;
  private readonly passes: (item: object) => boolean;

  constructor(room: Room, mapping: EventSourceRecord, signal: AbortSignal) {
    this.room = room;
    this.mapping = mapping;
    this.signal = signal;
    this.passes = filterOf(mapping.filters);
  }

  /** The messages of one batch. Those that no filter lets pass are removed from the queue, as AWS does. */
  async receive(): Promise<readonly SqsItem[]> {
    const { mapping, room, signal } = this;
    const items: SqsItem[] = [];
    let until: number | undefined;
    let bytes = 0;
    while (items.length < mapping.batchSize && bytes < MAX_SYNC_PAYLOAD_BYTES && !signal.aborted) {
      const leftMs = until === undefined ? MAX_WAIT_SECONDS * 1000 : until - room.clock.now();
      if (leftMs <= 0) break;
      const received = await this.receiveSome(mapping.batchSize - items.length, leftMs);
      const [passing, others] = parted(received, (item) => this.passes(filterable(item)));
      countEvents(room, mapping, "PolledEventCount", received.length);
      countEvents(room, mapping, "FilteredOutEventCount", others.length);
      if (others.length > 0) await this.remove(others);
      items.push(...passing);
      bytes += passing.reduce((sum, { body }) => sum + body.length, 0);
      if (items.length === 0) continue;
      if (mapping.windowSeconds === 0) break;
      until ??= room.clock.now() + mapping.windowSeconds * 1000;
    }
    return items;
  }

  /** Runs the function. What it handled is removed; what it did not comes into sight again, as the queue has it. */
  async handle(received: readonly SqsItem[]): Promise<void> {
    const items = this.withoutLoops(received);
    if (items.length === 0) return;
    try {
      const done = await this.run(items);
      if (done.length > 0) await this.remove(done);
      countEvents(this.room, this.mapping, "DeletedEventCount", done.length);
    } catch (error) {
      // The function, its role or the queue is gone or changed: the messages stay in the queue for whoever comes next.
      if (!this.signal.aborted && !isRefusal(error)) throw error;
    }
  }

  /** AWS: messages that come of a loop stay in the queue, until that gives them up. */
  private withoutLoops(items: readonly SqsItem[]): readonly SqsItem[] {
    const { room, mapping } = this;
    const record = room.functions.get(mapping.functionName);
    return record ? items.filter((item) => !isDropped(room, record, tracesOf([item]))) : items;
  }

  private async run(items: readonly SqsItem[]): Promise<readonly SqsItem[]> {
    const { room, mapping, signal } = this;
    const giveUpAt = room.clock.now() + this.timeoutSeconds() * 1000;
    for (;;) {
      const ran = await invokeBatch(room, mapping, { Records: items }, tracesOf(items));
      if (ran) {
        const done = handledItems(mapping, ran, items);
        countEvents(room, mapping, "InvokedEventCount", items.length);
        countEvents(room, mapping, "FailedInvokeEventCount", items.length - done.length);
        return done;
      }
      if (room.clock.now() >= giveUpAt) return [];
      await room.clock.sleep(THROTTLED_MS, signal);
    }
  }

  private timeoutSeconds(): number {
    const { room, mapping } = this;
    const ctx = room.contextAs({ kind: "service", account: room.account, service: "lambda.amazonaws.com" });
    return findVersion(room, ctx, { name: mapping.functionName, qualifier: mapping.qualifier || undefined }).version
      .timeoutSeconds;
  }

  private async receiveSome(count: number, waitMs: number): Promise<SqsItem[]> {
    try {
      const ctx = await this.context();
      const { Messages = [] } = await ctx.call("sqs", "ReceiveMessage", {
        QueueUrl: this.queueUrl(),
        MaxNumberOfMessages: Math.min(count, MAX_RECEIVED_MESSAGES),
        WaitTimeSeconds: Math.min(Math.ceil(waitMs / 1000), MAX_WAIT_SECONDS),
        MessageSystemAttributeNames: ["All"],
        MessageAttributeNames: ["All"],
      });
      return Messages.map((message) => sqsItem(message, this.mapping, this.room.region));
    } catch (error) {
      if (this.signal.aborted) return [];
      if (!isRefusal(error)) throw error;
      await this.room.clock.sleep(RETRY_MS, this.signal);
      return [];
    }
  }

  private async remove(items: readonly SqsItem[]): Promise<void> {
    // What has been handled is removed even when the mapping is being stopped.
    const { principal } = await this.roleSession();
    const ctx = this.room.contextAs(principal);
    const QueueUrl = this.queueUrl();
    for (let at = 0; at < items.length; at += MAX_RECEIVED_MESSAGES) {
      const Entries = items
        .slice(at, at + MAX_RECEIVED_MESSAGES)
        .map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle }));
      await ctx.call("sqs", "DeleteMessageBatch", { QueueUrl, Entries });
    }
  }

  /** AWS: pollers do not ask for it, so the role need not be allowed to. */
  private queueUrl(): string {
    const [, , , , account = "", name = ""] = this.mapping.sourceArn.split(":");
    return `${this.room.endpoint()}/${account}/${name}`;
  }

  private async context(): Promise<Context> {
    const { principal } = await this.roleSession();
    return this.room.contextAs(principal).until(this.signal);
  }

  private async roleSession() {
    const { room, mapping } = this;
    const record = room.functions.get(mapping.functionName);
    return room.assumeRole(record?.latest.role ?? "", mapping.functionName);
  }
}

/** What of a batch the function has handled. */
const handledItems = (
  { reportsItemFailures }: EventSourceRecord,
  { result }: BatchResult,
  items: readonly SqsItem[],
): readonly SqsItem[] => {
  if (result.outcome === "error") return [];
  if (!reportsItemFailures) return items;
  const ids = items.map(({ messageId }) => messageId);
  const failed = itemFailures(result.payload.toString(), ids);
  return failed === "all" ? [] : items.filter(({ messageId }) => !failed.includes(messageId));
};

/** A batch in parts that each fit into an event. */
const inPayloads = (items: readonly SqsItem[]): readonly (readonly SqsItem[])[] => {
  const parts: SqsItem[][] = [];
  let bytes = 0;
  for (const item of items) {
    const size = Buffer.byteLength(JSON.stringify(item)) + 1;
    const last = parts.at(-1);
    if (last && bytes + size < MAX_SYNC_PAYLOAD_BYTES) {
      last.push(item);
      bytes += size;
    } else {
      parts.push([item]);
      bytes = size;
    }
  }
  return parts;
};

const parted = <T>(items: readonly T[], test: (item: T) => boolean): [T[], T[]] => {
  const passing: T[] = [];
  const others: T[] = [];
  for (const item of items) (test(item) ? passing : others).push(item);
  return [passing, others];
};
