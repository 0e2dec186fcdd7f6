import { errorCode, errorMessage } from "../../../kernel/errors.ts";
import { checkWriteConditions } from "../conditions.ts";
import { malformedXml, unknownCondition } from "../errors.ts";
import { findBucket, findVersion, missing } from "../find.ts";
import { happened } from "../happened.ts";
import { MAX_DELETED_KEYS } from "../limits.ts";
import { checkBypass, isLocked, lockedError } from "../objectLock.ts";
import { type DeleteMarkerRecord, NULL_VERSION } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { checkVersionId, isPossible } from "../versionIds.ts";
import { deleteNewest, removeVersion } from "../versions.ts";

export const deleteObject =
  (room: Room): Operation<"DeleteObject"> =>
  async (ctx, input) => {
    const bucket = findBucket(room, input);
    checkBypass(bucket, input.BypassGovernanceRetention);
    refuseDirectoryConditions(input);
    const version = findVersion(room, bucket.name, input.Key, input.VersionId);
    if (!version) checkVersionId(bucket, input.VersionId);
    if (input.IfMatch !== undefined) checkWriteConditions(input.Key, version, { IfMatch: input.IfMatch });
    if (input.VersionId !== undefined) {
      if (version && isLocked(version, room.clock.now(), input.BypassGovernanceRetention)) throw lockedError();
      // AWS: removing a version that is not there is a success.
      if (version) removeVersion(room, version);
      if (version) happened(room, ctx, "ObjectRemoved:Delete", version);
      return { VersionId: input.VersionId, ...(version?.kind === "marker" ? { DeleteMarker: true } : {}) };
    }
    const marker = deleteNewest(room, bucket, input.Key);
    if (marker) happened(room, ctx, "ObjectRemoved:DeleteMarkerCreated", marker);
    else happened(room, ctx, "ObjectRemoved:Delete", version ?? nothingAt(room, bucket.name, input.Key));
    return marker ? { VersionId: marker.versionId, DeleteMarker: true } : {};
  };

export const deleteObjects =
  (room: Room): Operation<"DeleteObjects"> =>
  async (ctx, { Bucket, Delete, ExpectedBucketOwner, BypassGovernanceRetention }) => {
    const bucket = findBucket(room, { Bucket, ExpectedBucketOwner });
    checkBypass(bucket, BypassGovernanceRetention);
    if (Delete.Objects.length === 0 || Delete.Objects.length > MAX_DELETED_KEYS) throw malformedXml();
    // Each key is a deletion of its own, allowed or not by itself: one that is refused does not hold up the others.
    const outcomes = await Promise.all(
      Delete.Objects.map(async ({ Key, VersionId, ETag }) => {
        const named = { Key, ...(VersionId === undefined ? {} : { VersionId }) };
        try {
          if (VersionId !== undefined && !isPossible(bucket, VersionId)) throw missing(Key, VersionId);
          const input = { Bucket, ...named, IfMatch: ETag, BypassGovernanceRetention };
          const done = await ctx.call("s3", "DeleteObject", input);
          const marker = done.DeleteMarker ? { DeleteMarker: true, DeleteMarkerVersionId: done.VersionId } : {};
          return { deleted: { ...named, ...marker } };
        } catch (error) {
          return { failed: { ...named, Code: errorCode(error), Message: errorMessage(error) } };
        }
      }),
    );
    return {
      Deleted: Delete.Quiet ? [] : outcomes.flatMap(({ deleted }) => (deleted ? [deleted] : [])),
      Errors: outcomes.flatMap(({ failed }) => (failed ? [failed] : [])),
    };
  };

/** AWS: that a key is deleted is told even where there was none. */
const nothingAt = ({ clock }: Pick<Room, "clock">, bucket: string, key: string): DeleteMarkerRecord => ({
  kind: "marker",
  bucket,
  key,
  versionId: NULL_VERSION,
  sequence: 0,
  modifiedAt: clock.now(),
});

/** AWS: conditions that only directory buckets know. */
const refuseDirectoryConditions = (input: Parameters<Operation<"DeleteObject">>[1]): void => {
  if (input.IfMatchLastModifiedTime !== undefined) throw unknownCondition("x-amz-if-match-last-modified-time");
  if (input.IfMatchSize !== undefined) throw unknownCondition("x-amz-if-match-size");
};
