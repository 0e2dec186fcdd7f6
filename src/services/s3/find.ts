import { accessDenied, invalidBucketOwner, noSuchBucket, noSuchKey, noSuchVersion } from "./errors.ts";
import { type BucketRecord, NULL_VERSION, type VersionRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** Which bucket a request means, and whose it takes it to be. */
export interface BucketChoice {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

/** The bucket of a request. Throws NoSuchBucket, or AccessDenied when it is not the expected owner's. */
export const findBucket = (
  { buckets }: Pick<Room, "buckets">,
  { Bucket, ExpectedBucketOwner }: BucketChoice,
): BucketRecord => {
  if (ExpectedBucketOwner !== undefined && !/^\d{12}$/.test(ExpectedBucketOwner)) {
    throw invalidBucketOwner(ExpectedBucketOwner);
  }
  const bucket = buckets.get(Bucket);
  if (!bucket) throw noSuchBucket(Bucket);
  if (ExpectedBucketOwner !== undefined && ExpectedBucketOwner !== bucket.account) throw accessDenied();
  return bucket;
};

/** The version of a key that an id names, or the newest; delete markers included. */
export const findVersion = (
  room: Pick<Room, "objects" | "olderVersions">,
  bucket: string,
  key: string,
  versionId: string | undefined,
): VersionRecord | undefined => {
  const newest = room.objects.get([bucket, key]);
  if (versionId === undefined || newest?.versionId === versionId) return newest;
  for (const { value } of room.olderVersions.range({ prefix: [bucket, key] })) {
    if (value.versionId === versionId) return value;
  }
  return undefined;
};

/** What S3 answers when a key, or the version of it, is not there. */
export const missing = (key: string, versionId: string | undefined) =>
  versionId === undefined ? noSuchKey(key) : noSuchVersion(key, versionId);

/** A version's id as answers carry it: only where the bucket was ever versioned. */
export const shownVersionId = (bucket: BucketRecord, { versionId }: Pick<VersionRecord, "versionId">) =>
  bucket.versioning === undefined && versionId === NULL_VERSION ? {} : { VersionId: versionId };

/** The same after a write. AWS: what was written without an id is not told to have one. */
export const writtenVersionId = ({ versionId }: Pick<VersionRecord, "versionId">) =>
  versionId === NULL_VERSION ? {} : { VersionId: versionId };

/** The buckets of one account, in order of name. */
export const ownedBuckets = ({ buckets }: Pick<Room, "buckets">, account: string): readonly BucketRecord[] => {
  const owned: BucketRecord[] = [];
  for (const { value } of buckets.range()) if (value.account === account) owned.push(value);
  return owned;
};
