import { notConfigured } from "../errors.ts";
import { findBucket } from "../find.ts";
import type { Operation, Room } from "../room.ts";

// What can be asked of every bucket but is not built here: the answer of a bucket on which it was never set.
// Setting it is NotImplemented, by the operation's name.

export const getBucketReplication =
  (room: Pick<Room, "buckets">): Operation<"GetBucketReplication"> =>
  async (_ctx, input) => {
    const { name } = findBucket(room, input);
    const message = "The replication configuration was not found";
    throw notConfigured("ReplicationConfigurationNotFoundError", message, name);
  };
