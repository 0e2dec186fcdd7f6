import type { Context } from "../../../kernel/context.ts";
import { findVersion } from "../find.ts";
import { privateAcl } from "../grants.ts";
import { requestOn } from "../iam.ts";
import { openDataKey, withDataKey } from "../kmsAccess.ts";
import { announce } from "../notifications.ts";
import type { BucketRecord, DeleteMarkerRecord, EncryptionRecord, ObjectRecord, VersionRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { addObject, deleteNewest, replaceVersion } from "../versions.ts";
import { isPermitted, orFail, ReplicationFailure } from "./failure.ts";
import type { ReplicationRule } from "./rules.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html

interface Passage<V extends VersionRecord> {
  readonly source: BucketRecord;
  readonly target: BucketRecord;
  readonly rule: ReplicationRule;
  readonly version: V;
}

/** Puts a delete marker before the replicas of its key, as the role. */
export const sendMarker = async (room: Room, ctx: Context, passage: Passage<DeleteMarkerRecord>): Promise<void> => {
  const { target, version } = passage;
  const may = permissions(room, ctx, passage);
  await orFail("InitiateReplicationNotPermitted", may.begin());
  await orFail("DstDelObjNotPermitted", may.write("ReplicateDelete"));
  if (findVersion(room, target.name, version.key, version.versionId)) return;
  const marker = deleteNewest(room, target, version.key, version);
  if (marker) announce(room, ctx, "ObjectRemoved:DeleteMarkerCreated", marker);
};

/** Makes an object's replica, or changes the one there is, as the role. */
export const sendObject = async (room: Room, ctx: Context, passage: Passage<ObjectRecord>): Promise<void> => {
  const { target, version } = passage;
  const may = permissions(room, ctx, passage);
  await orFail("InitiateReplicationNotPermitted", may.begin());
  await orFail("SrcGetObjectNotPermitted", may.read("GetObjectVersionForReplication"));
  await orFail("SrcGetAclNotPermitted", may.read("GetObjectVersionAcl"));
  await orFail("DstPutObjectNotPermitted", may.write("ReplicateObject"));
  const { retention, legalHold } = version;
  if ((retention || legalHold) && !target.objectLock) throw new ReplicationFailure("DstBucketObjectLockConfigMissing");
  // AWS: without these permissions an object goes without its tags.
  const isTagged = version.tags.length > 0 && (await isPermitted(may.read("GetObjectVersionTagging")));
  const tags = isTagged && (await isPermitted(may.write("ReplicateTags"))) ? version.tags : [];
  const acl = await aclOf(passage, () => may.write("ObjectOwnerOverrideToBucketOwner"));
  const locks = { ...(retention ? { retention } : {}), ...(legalHold ? { legalHold } : {}) };
  const existing = findVersion(room, target.name, version.key, version.versionId);
  if (existing) {
    if (existing.kind === "object") replaceVersion(room, { ...existing, tags, acl, ...locks });
    return;
  }
  const storageClass = passage.rule.Destination?.StorageClass ?? version.storageClass;
  const encryption = await encryptionOf(room, ctx, passage);
  for (const segment of version.segments) room.blobs.hold(segment);
  const { restoration: _, ...replicated } = version;
  const replica = {
    ...replicated,
    bucket: target.name,
    tags,
    acl,
    storageClass,
    encryption,
    replication: "REPLICA",
  } as const;
  announce(room, ctx, "ObjectCreated:Put", addObject(room, target, replica, version));
};

/** What the role must be allowed at either end. */
const permissions = (room: Room, ctx: Context, { source, target, version }: Passage<VersionRecord>) => {
  const { key: Key, versionId: VersionId } = version;
  const ask = (bucket: BucketRecord, action: string, choice?: { readonly Key: string; readonly VersionId?: string }) =>
    ctx.authorize(requestOn(room, ctx, action, bucket.name, choice, {}));
  return {
    begin: async () => {
      await ask(source, "GetReplicationConfiguration");
      await ask(source, "ListBucket");
    },
    read: (action: string) => ask(source, action, { Key, VersionId }),
    write: (action: string) => ask(target, action, { Key }),
  };
};

/** AWS: the list goes along, unless the rule makes the bucket's owner the replica's, or nobody else can be. */
const aclOf = async ({ rule, target, version }: Passage<ObjectRecord>, mayOverride: () => Promise<void>) => {
  const isOverridden = rule.Destination?.AccessControlTranslation?.Owner === "Destination";
  if (isOverridden) await orFail("DstPutAclNotPermitted", mayOverride());
  return isOverridden || target.ownership === "BucketOwnerEnforced" ? privateAcl(target.account) : version.acl;
};

/** AWS: what lies under a key of KMS is opened with it and goes under another, which the rule names. */
const encryptionOf = async (
  room: Room,
  ctx: Context,
  { source, target, rule, version }: Passage<ObjectRecord>,
): Promise<EncryptionRecord> => {
  const { algorithm, bucketKey } = version.encryption;
  const kmsKeyId = rule.Destination?.EncryptionConfiguration?.ReplicaKmsKeyID;
  if (!algorithm.startsWith("aws:kms") || kmsKeyId === undefined) return version.encryption;
  await orFail("SrcKmsKeyNotFound", openDataKey(room, ctx, source, version));
  const wanted = { algorithm, kmsKeyId, ...(bucketKey ? { bucketKey } : {}) };
  return orFail("DstKmsKeyNotFound", withDataKey(room, ctx, target, version.key, wanted));
};
