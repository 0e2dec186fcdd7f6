import { notConfigured } from "../errors.ts";
import { findBucket } from "../find.ts";
import { checkedReplication } from "../replication/checkReplication.ts";
import type { Operation, Room } from "../room.ts";

type ConfigurableRoom = Pick<Room, "buckets" | "configurations" | "ids">;

export const putBucketReplication =
  (room: ConfigurableRoom): Operation<"PutBucketReplication"> =>
  async (_ctx, input) => {
    const bucket = findBucket(room, input);
    const checked = checkedReplication(room, bucket, input.ReplicationConfiguration);
    room.configurations.replication.put(bucket.name, checked);
    return {};
  };

export const getBucketReplication =
  (room: ConfigurableRoom): Operation<"GetBucketReplication"> =>
  async (_ctx, input) => {
    const { name } = findBucket(room, input);
    const ReplicationConfiguration = room.configurations.replication.get(name);
    if (ReplicationConfiguration) return { ReplicationConfiguration };
    const message = "The replication configuration was not found";
    throw notConfigured("ReplicationConfigurationNotFoundError", message, name);
  };

export const deleteBucketReplication =
  (room: ConfigurableRoom): Operation<"DeleteBucketReplication"> =>
  async (_ctx, input) => {
    room.configurations.replication.delete(findBucket(room, input).name);
    return {};
  };
