import { AwsError, NotImplemented } from "../../../kernel/errors.ts";
import { invalidBucketState } from "../errors.ts";
import { findBucket } from "../find.ts";
import type { Operation, Room } from "../room.ts";

export const putBucketVersioning =
  (room: Pick<Room, "buckets" | "configurations">): Operation<"PutBucketVersioning"> =>
  async (_ctx, input) => {
    const bucket = findBucket(room, input);
    const { Status, MFADelete } = input.VersioningConfiguration;
    if (MFADelete === "Enabled") throw new NotImplemented("s3:PutBucketVersioning MFADelete");
    if (Status === undefined) throw missingStatus();
    if (Status === "Suspended" && bucket.objectLock) {
      throw invalidBucketState(
        "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.",
      );
    }
    if (Status === "Suspended" && room.configurations.replication.has(bucket.name)) {
      throw invalidBucketState(
        "A replication configuration is present on this bucket, so you cannot change the versioning state. To change the versioning state, first delete the replication configuration.",
      );
    }
    room.buckets.put(bucket.name, { ...bucket, versioning: Status });
    return {};
  };

export const getBucketVersioning =
  (room: Pick<Room, "buckets">): Operation<"GetBucketVersioning"> =>
  async (_ctx, input) => {
    const { versioning } = findBucket(room, input);
    return versioning === undefined ? {} : { Status: versioning };
  };

const missingStatus = () =>
  new AwsError("IllegalVersioningConfigurationException", "The Versioning element must be specified", 400);
