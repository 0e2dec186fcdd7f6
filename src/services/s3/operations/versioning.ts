import { NotImplemented } from "../../../kernel/errors.ts";
import { malformedXml } from "../errors.ts";
import { findBucket } from "../find.ts";
import type { Operation, Room } from "../room.ts";

export const putBucketVersioning =
  (room: Pick<Room, "buckets">): Operation<"PutBucketVersioning"> =>
  async (_ctx, input) => {
    const bucket = findBucket(room, input);
    const { Status, MFADelete } = input.VersioningConfiguration;
    if (MFADelete === "Enabled") throw new NotImplemented("s3:PutBucketVersioning MFADelete");
    if (Status !== "Enabled" && Status !== "Suspended") throw malformedXml();
    room.buckets.put(bucket.name, { ...bucket, versioning: Status });
    return {};
  };

export const getBucketVersioning =
  (room: Pick<Room, "buckets">): Operation<"GetBucketVersioning"> =>
  async (_ctx, input) => {
    const { versioning } = findBucket(room, input);
    return versioning === undefined ? {} : { Status: versioning };
  };
