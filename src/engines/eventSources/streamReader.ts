import type { Shard } from "@aws-sdk/client-dynamodb-streams";
import type { Context } from "../../kernel/context.ts";
import { errorCode, known } from "../../kernel/errors.ts";
import { STREAM_POLL_MS } from "./limits.ts";
import type { PolledStream, PollerMeans, StreamPlace } from "./source.ts";
import type { StreamConsumer } from "./streamConsumer.ts";
import { laneOf, type StreamItem, streamItem } from "./streamEvent.ts";

/** A lane of a stream that is read for a consumer, until the signal aborts. */
export interface LaneParts<Run> {
  readonly means: PollerMeans;
  readonly source: PolledStream;
  readonly consumer: StreamConsumer<Run>;
  readonly lane: number;
  readonly signal: AbortSignal;
}

/** Reads one lane of a stream from where its consumer stands. */
export class StreamReader<Run> {
  private readonly parts: LaneParts<Run>;
  private shard: { readonly id: string; readonly partitionKey: string } | undefined;
  private iterator: string | undefined;
  private waiting: StreamItem[] = [];
  /** The last record seen, whether it passes the filters or not. */
  private seen: string | undefined;

  constructor(parts: LaneParts<Run>) {
    this.parts = parts;
  }

  /** Begins again at the lane's place. */
  rewind(): void {
    this.iterator = undefined;
    this.waiting = [];
    this.seen = undefined;
  }

  /** The next batch; empty when the time given has come before there was any. */
  async batch(maxBytes: number, until: number, windowOf: (item: StreamItem) => number): Promise<readonly StreamItem[]> {
    const { means, source, signal } = this.parts;
    let closesAt: number | undefined;
    while (!signal.aborted && this.waiting.length < source.batchSize) {
      const now = means.clock.now();
      if (this.waiting.length > 0) closesAt ??= now + source.windowSeconds * 1000;
      if (now >= Math.min(closesAt ?? until, until)) break;
      if (!(await this.read())) await means.machineClock.sleep(STREAM_POLL_MS, signal);
    }
    return this.take(maxBytes, windowOf);
  }

  /** What the lane's place is when all that has been given out is settled: filtered records are settled as well. */
  get settled(): string | undefined {
    return this.waiting.length === 0 ? this.seen : undefined;
  }

  private take(maxBytes: number, windowOf: (item: StreamItem) => number): readonly StreamItem[] {
    const [first] = this.waiting;
    let count = 0;
    let bytes = 0;
    for (const item of this.waiting.slice(0, this.parts.source.batchSize)) {
      bytes += item.bytes + 1;
      if (count > 0 && (bytes > maxBytes || (first && windowOf(item) !== windowOf(first)))) break;
      count++;
    }
    return this.waiting.splice(0, count);
  }

  /** Reads once; false when the stream had nothing. */
  private async read(): Promise<boolean> {
    const { source, consumer } = this.parts;
    const ctx = await this.context();
    this.iterator ??= await this.open(ctx);
    const output = await ctx.call("dynamodbstreams", "GetRecords", { ShardIterator: this.iterator });
    // A stream that has been closed and read to its end stays as it is, and so does its last iterator.
    this.iterator = output.NextShardIterator ?? (await this.openChild(ctx)) ?? this.iterator;
    const records = output.Records ?? [];
    const partitionKey = this.shard?.partitionKey ?? "";
    for (const record of records) {
      const sequence = record.dynamodb?.SequenceNumber ?? "";
      if (this.seen !== undefined && BigInt(sequence) <= BigInt(this.seen)) continue;
      this.seen = sequence;
      if (laneOf(record, partitionKey, source.parallelization) !== this.parts.lane) continue;
      const item = streamItem(record, source);
      consumer.count?.("PolledEventCount", 1);
      if (consumer.passes(item.record)) this.waiting.push(item);
      else consumer.count?.("FilteredOutEventCount", 1);
    }
    return records.length > 0;
  }

  private async open(ctx: Context): Promise<string> {
    const { sourceArn: StreamArn } = this.parts.source;
    const { StreamDescription } = await ctx.call("dynamodbstreams", "DescribeStream", { StreamArn });
    const shards = StreamDescription?.Shards ?? [];
    const place = this.parts.consumer.place(this.parts.lane);
    const id = known((shardOf(shards, place) ?? shards[0])?.ShardId, "a stream's shard");
    const keys = StreamDescription?.KeySchema ?? [];
    this.shard = { id, partitionKey: keys.find(({ KeyType }) => KeyType === "HASH")?.AttributeName ?? "" };
    if (place.after === undefined) return place.iterator ?? this.iteratorIn(ctx, id);
    try {
      return await this.iteratorIn(ctx, id, place.after);
    } catch (error) {
      // What came after it is older than a day: what is left begins at the horizon.
      if (errorCode(error) !== "TrimmedDataAccessException") throw error;
      return this.iteratorIn(ctx, id);
    }
  }

  /** AWS: a shard that has been read to its end is followed by its child; undefined when it has none. */
  private async openChild(ctx: Context): Promise<string | undefined> {
    const { shard } = this;
    if (!shard) return undefined;
    const { StreamDescription } = await ctx.call("dynamodbstreams", "DescribeStream", {
      StreamArn: this.parts.source.sourceArn,
      ShardFilter: { Type: "CHILD_SHARDS", ShardId: shard.id },
    });
    const child = StreamDescription?.Shards?.[0]?.ShardId;
    if (child === undefined) return undefined;
    this.shard = { ...shard, id: child };
    return this.iteratorIn(ctx, child);
  }

  private async iteratorIn(ctx: Context, ShardId: string, after?: string): Promise<string> {
    const { ShardIterator } = await ctx.call("dynamodbstreams", "GetShardIterator", {
      StreamArn: this.parts.source.sourceArn,
      ShardId,
      ...(after === undefined
        ? { ShardIteratorType: "TRIM_HORIZON" }
        : { ShardIteratorType: "AFTER_SEQUENCE_NUMBER", SequenceNumber: after }),
    });
    return known(ShardIterator, "an iterator");
  }

  get shardId(): string {
    return this.shard?.id ?? "";
  }

  private async context(): Promise<Context> {
    return (await this.parts.consumer.context()).until(this.parts.signal);
  }
}

/** The shard that a lane stands in. */
const shardOf = (shards: readonly Shard[], { after, shard }: StreamPlace): Shard | undefined => {
  if (after === undefined) return shards.find(({ ShardId }) => ShardId === shard);
  const number = BigInt(after);
  return shards.findLast(
    ({ SequenceNumberRange }) => BigInt(SequenceNumberRange?.StartingSequenceNumber ?? 0) <= number,
  );
};
