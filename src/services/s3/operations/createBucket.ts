import { NotImplemented } from "../../../kernel/errors.ts";
import {
  aclWithoutOwnership,
  bucketAlreadyExists,
  bucketAlreadyOwned,
  illegalLocation,
  tooManyBuckets,
} from "../errors.ts";
import { ownedBuckets } from "../find.ts";
import { aclOf, privateAcl } from "../grants.ts";
import { MAX_BUCKET_TAGS, MAX_BUCKETS } from "../limits.ts";
import { checkBucketName } from "../names.ts";
import type { BucketRecord } from "../records.ts";
import { DEFAULT_REGION, LEGACY_EU } from "../regions.ts";
import type { Operation, Room } from "../room.ts";
import { tagsFrom } from "../tags.ts";

export const createBucket =
  ({ buckets, clock }: Pick<Room, "buckets" | "clock">): Operation<"CreateBucket"> =>
  async (ctx, input) => {
    checkBucketName(input.Bucket);
    if (input.ObjectLockEnabledForBucket) throw new NotImplemented("s3:CreateBucket ObjectLockEnabledForBucket");
    const region = regionOf(ctx.region, input.CreateBucketConfiguration?.LocationConstraint);
    const existing = buckets.get(input.Bucket);
    if (existing) return taken(existing, ctx.account, region);
    if (ownedBuckets({ buckets }, ctx.account).length >= MAX_BUCKETS) throw tooManyBuckets();
    const bucket: BucketRecord = {
      name: input.Bucket,
      account: ctx.account,
      region,
      createdAt: clock.now(),
      ownership: input.ObjectOwnership ?? "BucketOwnerEnforced",
      // AWS: new buckets have all public access blocked and ACLs off, since April 2023.
      publicAccess: ALL_BLOCKED,
      acl: privateAcl(ctx.account),
      tags: tagsFrom(input.CreateBucketConfiguration?.Tags ?? [], MAX_BUCKET_TAGS),
    };
    const acl = aclOf(input, ctx.account, ctx.account);
    if (acl && acl.length > 1 && bucket.ownership === "BucketOwnerEnforced") throw aclWithoutOwnership();
    buckets.put(bucket.name, acl ? { ...bucket, acl } : bucket);
    return { Location: region === DEFAULT_REGION ? `/${bucket.name}` : `http://${bucket.name}.s3.amazonaws.com/` };
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
    return wanted === undefined || wanted === "" ? DEFAULT_REGION : wanted;
  }
  if (wanted !== endpointRegion) throw illegalLocation(constraint);
  return endpointRegion;
};

/** AWS: in us-east-1 one's own bucket can be created again, as in S3's first days; elsewhere that is an error. */
const taken = (existing: BucketRecord, account: string, region: string) => {
  if (existing.account !== account) throw bucketAlreadyExists(existing.name);
  if (existing.region === DEFAULT_REGION && region === DEFAULT_REGION) return { Location: `/${existing.name}` };
  throw bucketAlreadyOwned(existing.name);
};
