import { chosenObject } from "../choice.ts";
import { accessDenied, invalidRequest } from "../errors.ts";
import { findBucket } from "../find.ts";
import { type AclInput, aclOf, checkAclAllowed, grantsFrom, grantsView, isPublicAcl, ownerView } from "../grants.ts";
import { announce } from "../notifications.ts";
import type { BucketRecord, GrantRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { replaceVersion } from "../versions.ts";

export const getBucketAcl =
  (room: Pick<Room, "buckets">): Operation<"GetBucketAcl"> =>
  async (_ctx, input) => {
    const { account, acl } = findBucket(room, input);
    return { Owner: ownerView(account), Grants: grantsView(acl) };
  };

export const putBucketAcl =
  (room: Pick<Room, "buckets">): Operation<"PutBucketAcl"> =>
  async (_ctx, input) => {
    const bucket = findBucket(room, input);
    room.buckets.put(bucket.name, { ...bucket, acl: wantedAcl(bucket, input) });
    return {};
  };

export const getObjectAcl =
  (room: Pick<Room, "buckets" | "objects" | "olderVersions">): Operation<"GetObjectAcl"> =>
  async (ctx, input) => {
    const bucket = findBucket(room, input);
    const { acl } = await chosenObject(room, ctx, input);
    return { Owner: ownerView(bucket.account), Grants: grantsView(acl) };
  };

export const putObjectAcl =
  (room: Room): Operation<"PutObjectAcl"> =>
  async (ctx, input) => {
    const bucket = findBucket(room, input);
    const object = { ...(await chosenObject(room, ctx, input)), acl: wantedAcl(bucket, input) };
    replaceVersion(room, object);
    announce(room, ctx, "ObjectAcl:Put", object);
    return {};
  };

interface AclDocumentInput extends AclInput {
  readonly AccessControlPolicy?: { readonly Grants?: Parameters<typeof grantsFrom>[0] | undefined } | undefined;
}

const wantedAcl = (bucket: BucketRecord, input: AclDocumentInput): readonly GrantRecord[] => {
  const listed = input.AccessControlPolicy?.Grants;
  const acl = aclOf(input, bucket.account, bucket.account) ?? (listed && grantsFrom(listed));
  if (!acl)
    throw invalidRequest("Your request was missing a required header: an ACL, grants or an access control policy.");
  checkAclAllowed(bucket, input, acl);
  if (bucket.publicAccess?.blockPublicAcls && isPublicAcl(acl)) throw accessDenied();
  return acl;
};
