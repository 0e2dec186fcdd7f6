import type { Context } from "../../kernel/context.ts";
import { known } from "../../kernel/errors.ts";
import type { StreamPlace } from "./source.ts";

/**
 * Where reading a stream begins; where LATEST is, is settled now, so that nothing written from here on is missed.
 * Whoever asks must be allowed all that reading takes.
 */
export const streamStart = async (
  ctx: Context,
  StreamArn: string,
  position: "LATEST" | "TRIM_HORIZON",
): Promise<StreamPlace> => {
  const { StreamDescription } = await ctx.call("dynamodbstreams", "DescribeStream", { StreamArn });
  const shards = StreamDescription?.Shards ?? [];
  const ShardId = known(shards.at(position === "LATEST" ? -1 : 0)?.ShardId, "a stream's shard");
  const { ShardIterator } = await ctx.call("dynamodbstreams", "GetShardIterator", {
    StreamArn,
    ShardId,
    ShardIteratorType: position,
  });
  await ctx.call("dynamodbstreams", "GetRecords", { ShardIterator, Limit: 1 });
  return position === "LATEST" && ShardIterator ? { iterator: ShardIterator, shard: ShardId } : {};
};

/** Another number of lanes: all of them go on from the one that had come least far. */
export const leastFar = (places: readonly StreamPlace[]): StreamPlace =>
  places.reduce((a, b) => (BigInt(a.after ?? 0) <= BigInt(b.after ?? 0) ? a : b), places[0] ?? {});
