import { chosenObject, partOwner } from "../choice.ts";
import { accessDenied, missingHeader, unexpectedContent } from "../errors.ts";
import { findBucket } from "../find.ts";
import {
  type AclDocument,
  type AclInput,
  aclOf,
  checkAclAllowed,
  grantsFrom,
  grantsView,
  isPublicAcl,
  ownerView,
} from "../grants.ts";
import { happened } from "../happened.ts";
import { ownerOf } from "../ownership.ts";
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
    room.buckets.put(bucket.name, { ...bucket, acl: wantedAcl(bucket, bucket.account, input) });
    return {};
  };

export const getObjectAcl =
  (room: Pick<Room, "buckets" | "objects" | "olderVersions">): Operation<"GetObjectAcl"> =>
  async (ctx, input) => {
    const bucket = findBucket(room, input);
    const object = await chosenObject(room, ctx, input);
    return { Owner: ownerView(ownerOf(bucket, object)), Grants: grantsView(object.acl) };
  };

export const putObjectAcl =
  (room: Room): Operation<"PutObjectAcl"> =>
  async (ctx, input) => {
    const bucket = findBucket(room, input);
    const object = await partOwner(room, ctx, input, "PUT");
    const changed = { ...object, acl: wantedAcl(bucket, ownerOf(bucket, object), input) };
    replaceVersion(room, changed);
    happened(room, ctx, "ObjectAcl:Put", changed);
    return {};
  };

interface AclDocumentInput extends AclInput {
  readonly AccessControlPolicy?: AclDocument | undefined;
}

const wantedAcl = (bucket: BucketRecord, owner: string, input: AclDocumentInput): readonly GrantRecord[] => {
  const named = aclOf(input, owner, bucket.account);
  if (named && input.AccessControlPolicy) throw unexpectedContent();
  const acl = named ?? (input.AccessControlPolicy && grantsFrom(input.AccessControlPolicy));
  if (!acl) throw missingHeader("x-amz-acl");
  checkAclAllowed(bucket, input, acl);
  if (bucket.publicAccess?.blockPublicAcls && isPublicAcl(acl)) throw accessDenied();
  return acl;
};
