import type { Context } from "../../../kernel/context.ts";
import {
  aclWithoutOwnership,
  bucketAlreadyExists,
  bucketAlreadyOwned,
  illegalLocation,
  invalidArgument,
  invalidLocation,
  invalidTag,
  tooManyBuckets,
} from "../errors.ts";
import { ownedBuckets } from "../find.ts";
import { aclOf, privateAcl } from "../grants.ts";
import { MAX_BUCKET_TAGS, MAX_BUCKETS } from "../limits.ts";
import { checkBucketName } from "../names.ts";
import type { BucketRecord } from "../records.ts";
import { constraintOf, DEFAULT_REGION, LEGACY_EU } from "../regions.ts";
import type { Operation, Room } from "../room.ts";
import { tagsFrom } from "../tags.ts";

export const createBucket =
  ({ buckets, clock }: Pick<Room, "buckets" | "clock">): Operation<"CreateBucket"> =>
  async (ctx, input) => {
    checkBucketName(input.Bucket);
    const ownership = ownershipNamed(input.ObjectOwnership);
    const region = regionOf(ctx.region, input.CreateBucketConfiguration?.LocationConstraint);
    const existing = buckets.get(input.Bucket);
    if (existing) return taken(existing, ctx, region);
    if (ownedBuckets({ buckets }, ctx.account).length >= MAX_BUCKETS) throw tooManyBuckets();
    const bucket: BucketRecord = {
      name: input.Bucket,
      account: ctx.account,
      region,
      createdAt: clock.now(),
      ownership,
      // AWS: new buckets have all public access blocked and ACLs off, since April 2023.
      publicAccess: ALL_BLOCKED,
      acl: privateAcl(ctx.account),
      tags: tagsOfNew(input.CreateBucketConfiguration?.Tags),
      // AWS: locks are of versions.
      ...(input.ObjectLockEnabledForBucket ? { versioning: "Enabled", objectLock: {} } : {}),
      ...(input.CreateBucketConfiguration?.LocationConstraint === LEGACY_EU ? { legacyLocation: LEGACY_EU } : {}),
    };
    const acl = aclOf(input, ctx.account, ctx.account);
    if (acl && acl.length > 1 && bucket.ownership === "BucketOwnerEnforced") throw aclWithoutOwnership();
    buckets.put(bucket.name, acl ? { ...bucket, acl } : bucket);
    const Location = region === DEFAULT_REGION ? `/${bucket.name}` : `http://${bucket.name}.s3.amazonaws.com/`;
    return { Location, BucketArn: `arn:${ctx.partition}:s3:::${bucket.name}` };
  };

const ALL_BLOCKED = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
};

/** AWS: the region of the endpoint must be named, except for us-east-1, which must not. */
const regionOf = (endpointRegion: string, constraint: string | undefined): string => {
  const wanted = constraint === LEGACY_EU ? "eu-west-1" : constraint;
  if (endpointRegion === DEFAULT_REGION) {
    // AWS: the endpoint of us-east-1 makes buckets of any region.
    if (wanted === undefined || wanted === "") return DEFAULT_REGION;
    if (!constraintOf(wanted)) throw invalidLocation(wanted);
    return wanted;
  }
  if (wanted !== endpointRegion) throw illegalLocation(constraint);
  return endpointRegion;
};

/** AWS: in us-east-1 one's own bucket can be created again, as in S3's first days; elsewhere that is an error. */
const taken = ({ name, ...existing }: BucketRecord, { account, partition }: Context, region: string) => {
  if (existing.account !== account) throw bucketAlreadyExists(name);
  if (existing.region === DEFAULT_REGION && region === DEFAULT_REGION) {
    return { Location: `/${name}`, BucketArn: `arn:${partition}:s3:::${name}` };
  }
  throw bucketAlreadyOwned(name);
};

const OWNERSHIPS = ["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"] as const;

const ownershipNamed = (name: string = OWNERSHIPS[0]) => {
  const ownership = OWNERSHIPS.find((each) => each === name);
  if (!ownership) throw invalidArgument(`Invalid x-amz-object-ownership header: ${name}`, "x-amz-object-ownership");
  return ownership;
};

/** AWS: tags of a bucket that is made are refused in other words. */
const tagsOfNew = (tags: Parameters<typeof tagsFrom>[0]) => {
  if (tags?.some(({ Key = "" }) => Key.startsWith("aws:") && !Key.startsWith("aws:cloudformation:"))) {
    throw invalidTag(
      'User-defined tag keys can\'t start with "aws:". This prefix is reserved for system tags. Remove "aws:" from your tag keys and try again.',
    );
  }
  return tagsFrom(tags, MAX_BUCKET_TAGS);
};
