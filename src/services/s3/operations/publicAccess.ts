import { AwsError } from "../../../kernel/errors.ts";
import { malformedXml, notConfigured } from "../errors.ts";
import { findBucket } from "../find.ts";
import { isPublicAcl } from "../grants.ts";
import type { Operation, Room } from "../room.ts";

export const putPublicAccessBlock =
  (room: Pick<Room, "buckets">): Operation<"PutPublicAccessBlock"> =>
  async (_ctx, input) => {
    const bucket = findBucket(room, input);
    const given = input.PublicAccessBlockConfiguration;
    const publicAccess = {
      blockPublicAcls: given.BlockPublicAcls ?? false,
      ignorePublicAcls: given.IgnorePublicAcls ?? false,
      blockPublicPolicy: given.BlockPublicPolicy ?? false,
      restrictPublicBuckets: given.RestrictPublicBuckets ?? false,
    };
    room.buckets.put(bucket.name, { ...bucket, publicAccess });
    return {};
  };

export const getPublicAccessBlock =
  (room: Pick<Room, "buckets">): Operation<"GetPublicAccessBlock"> =>
  async (_ctx, input) => {
    const { name, publicAccess } = findBucket(room, input);
    if (!publicAccess) {
      const message = "The public access block configuration was not found";
      throw notConfigured("NoSuchPublicAccessBlockConfiguration", message, name);
    }
    return {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: publicAccess.blockPublicAcls,
        IgnorePublicAcls: publicAccess.ignorePublicAcls,
        BlockPublicPolicy: publicAccess.blockPublicPolicy,
        RestrictPublicBuckets: publicAccess.restrictPublicBuckets,
      },
    };
  };

export const deletePublicAccessBlock =
  (room: Pick<Room, "buckets">): Operation<"DeletePublicAccessBlock"> =>
  async (_ctx, input) => {
    const bucket = findBucket(room, input);
    room.buckets.put(bucket.name, { ...bucket, publicAccess: undefined });
    return {};
  };

export const putBucketOwnershipControls =
  (room: Pick<Room, "buckets">): Operation<"PutBucketOwnershipControls"> =>
  async (_ctx, input) => {
    const bucket = findBucket(room, input);
    const [rule, ...more] = input.OwnershipControls.Rules;
    if (!rule || more.length > 0) throw malformedXml();
    const ownership = rule.ObjectOwnership;
    if (ownership === "BucketOwnerEnforced" && bucket.acl.length > 1) throw aclsInTheWay(isPublicAcl(bucket.acl));
    room.buckets.put(bucket.name, { ...bucket, ownership });
    return {};
  };

export const getBucketOwnershipControls =
  (room: Pick<Room, "buckets">): Operation<"GetBucketOwnershipControls"> =>
  async (_ctx, input) => {
    const { name, ownership } = findBucket(room, input);
    if (!ownership) {
      throw notConfigured("OwnershipControlsNotFoundError", "The bucket ownership controls were not found", name);
    }
    return { OwnershipControls: { Rules: [{ ObjectOwnership: ownership }] } };
  };

export const deleteBucketOwnershipControls =
  (room: Pick<Room, "buckets">): Operation<"DeleteBucketOwnershipControls"> =>
  async (_ctx, input) => {
    const bucket = findBucket(room, input);
    room.buckets.put(bucket.name, { ...bucket, ownership: undefined });
    return {};
  };

const aclsInTheWay = (isPublic: boolean) =>
  new AwsError(
    "InvalidBucketAclWithObjectOwnership",
    `Bucket cannot have ${isPublic ? "public " : ""}ACLs set with ObjectOwnership's BucketOwnerEnforced setting`,
    400,
  );
