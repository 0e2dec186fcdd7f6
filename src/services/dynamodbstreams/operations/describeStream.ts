import { findStream } from "../find.ts";
import type { Operation, Room } from "../room.ts";
import { descriptionView, shardView } from "../views.ts";

/** Differs: AWS begins a new shard every few hours; a stream here has one for as long as it is written to. */
export const describeStream =
  (room: Pick<Room, "changes">): Operation<"DescribeStream"> =>
  async (_ctx, input) => {
    const stream = findStream(room, input.StreamArn);
    // The one shard has no children and nothing after it.
    const pastIt = input.ExclusiveStartShardId !== undefined || input.ShardFilter?.Type === "CHILD_SHARDS";
    const Shards = pastIt ? [] : [shardView(stream, room.changes.next(stream))];
    return { StreamDescription: { ...descriptionView(stream), Shards } };
  };
