import type { Context } from "../../kernel/context.ts";
import { isRefusal } from "../../kernel/errors.ts";
import { inPayloads, parted } from "./batches.ts";
import { MAX_BATCH_BYTES, MAX_RECEIVED_MESSAGES, MAX_WAIT_SECONDS, QUEUE_CONCURRENCY } from "./limits.ts";
import { queueUrl } from "./queueUrl.ts";
import type { ItemCount, PolledQueue, PollerMeans } from "./source.ts";
import { filterable, type SqsItem, sqsItem } from "./sqsEvent.ts";

/** Who reads a queue, and what becomes of its messages. */
export interface QueueConsumer {
  /** A context that may read the queue. */
  readonly context: () => Promise<Context>;
  readonly passes: (item: object) => boolean;
  /** Handles a batch and says which of it is done: the others come into sight again, as the queue has it. */
  readonly take: (items: readonly SqsItem[]) => Promise<readonly SqsItem[]>;
  readonly count?: (name: ItemCount, count: number) => void;
}

/** Between two looks at a queue, or a consumer, that cannot be reached. */
const RETRY_MS = 5000;

/** Feeds a consumer from a queue until the signal aborts: receives as its role, runs batches side by side. */
export const pollQueue = async (
  means: PollerMeans,
  source: PolledQueue,
  consumer: QueueConsumer,
  signal: AbortSignal,
): Promise<void> => {
  const queue = new QueueReader(means, source, consumer, signal);
  const running = new Set<Promise<void>>();
  const limit = source.maxConcurrency ?? QUEUE_CONCURRENCY;
  while (!signal.aborted) {
    if (running.size >= limit) await Promise.race(running);
    const batch = await queue.receive();
    for (const items of inPayloads(batch)) {
      const work = queue
        .handle(items)
        .catch((error: unknown) => means.tasks.spawn("a batch of messages", () => Promise.reject(error)))
        .finally(() => running.delete(work));
      running.add(work);
    }
  }
  await Promise.allSettled(running);
};

class QueueReader {
  private readonly means: PollerMeans;
  private readonly source: PolledQueue;
  private readonly consumer: QueueConsumer;
  private readonly signal: AbortSignal;

  constructor(means: PollerMeans, source: PolledQueue, consumer: QueueConsumer, signal: AbortSignal) {
    this.means = means;
    this.source = source;
    this.consumer = consumer;
    this.signal = signal;
  }

  /** The messages of one batch. Those that no filter lets pass are removed from the queue, as AWS does. */
  async receive(): Promise<readonly SqsItem[]> {
    const { source, means, consumer, signal } = this;
    const items: SqsItem[] = [];
    let until: number | undefined;
    let bytes = 0;
    while (items.length < source.batchSize && bytes < MAX_BATCH_BYTES && !signal.aborted) {
      const leftMs = until === undefined ? MAX_WAIT_SECONDS * 1000 : until - means.clock.now();
      if (leftMs <= 0) break;
      const received = await this.receiveSome(source.batchSize - items.length, leftMs);
      const [passing, others] = parted(received, (item) => consumer.passes(filterable(item)));
      consumer.count?.("PolledEventCount", received.length);
      consumer.count?.("FilteredOutEventCount", others.length);
      if (others.length > 0) await this.remove(others);
      items.push(...passing);
      bytes += passing.reduce((sum, { body }) => sum + body.length, 0);
      if (items.length === 0) continue;
      if (source.windowSeconds === 0) break;
      until ??= means.clock.now() + source.windowSeconds * 1000;
    }
    return items;
  }

  /** Hands a batch on. What is done is removed. */
  async handle(items: readonly SqsItem[]): Promise<void> {
    try {
      const done = await this.consumer.take(items);
      if (done.length > 0) await this.remove(done);
      this.consumer.count?.("DeletedEventCount", done.length);
    } catch (error) {
      // The consumer, its role or the queue is gone or changed: the messages stay in the queue for whoever comes next.
      if (!this.signal.aborted && !isRefusal(error)) throw error;
    }
  }

  private async receiveSome(count: number, waitMs: number): Promise<SqsItem[]> {
    try {
      const ctx = (await this.consumer.context()).until(this.signal);
      const { Messages = [] } = await ctx.call("sqs", "ReceiveMessage", {
        QueueUrl: this.url,
        MaxNumberOfMessages: Math.min(count, MAX_RECEIVED_MESSAGES),
        WaitTimeSeconds: Math.min(Math.ceil(waitMs / 1000), MAX_WAIT_SECONDS),
        MessageSystemAttributeNames: ["All"],
        MessageAttributeNames: ["All"],
      });
      return Messages.map((message) => sqsItem(message, this.source, this.means.region));
    } catch (error) {
      if (this.signal.aborted) return [];
      if (!isRefusal(error)) throw error;
      await this.means.clock.sleep(RETRY_MS, this.signal);
      return [];
    }
  }

  private async remove(items: readonly SqsItem[]): Promise<void> {
    // What has been handled is removed even when reading is being stopped.
    const ctx = await this.consumer.context();
    for (let at = 0; at < items.length; at += MAX_RECEIVED_MESSAGES) {
      const Entries = items
        .slice(at, at + MAX_RECEIVED_MESSAGES)
        .map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle }));
      await ctx.call("sqs", "DeleteMessageBatch", { QueueUrl: this.url, Entries });
    }
  }

  private get url(): string {
    return queueUrl(this.means, this.source.sourceArn);
  }
}
