import { type AuthorizationRequest, passRole } from "../../kernel/authorization.ts";
import type { Context } from "../../kernel/context.ts";
import type { IamTable } from "../../kernel/service.ts";
import { isOwnersToGive, resourcePolicyOf } from "./bucketPolicy.ts";
import type { ChecksumFields } from "./checksums.ts";
import { parseCopySource } from "./copySource.ts";
import { findVersion } from "./find.ts";
import type { AclInput } from "./grants.ts";
import { ownerOf } from "./ownership.ts";
import type { BucketRecord, ObjectRecord, TagRecord } from "./records.ts";
import type { Room } from "./room.ts";

type Conditions = Readonly<Record<string, string | undefined>>;

interface OnBucket {
  readonly Bucket: string;
}

interface OnObject extends OnBucket {
  readonly Key: string;
  readonly VersionId?: string | undefined;
}

/** The object of a request; what is about to be written is none of those that are under its key. */
type Choice = Pick<OnObject, "Key" | "VersionId"> & { readonly isNew?: boolean };

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html */
const onBucket =
  <I extends OnBucket>(action: string, conditions: (input: I) => Conditions = () => ({})) =>
  (room: Room, ctx: Context, input: I): readonly AuthorizationRequest[] =>
    requestOn(room, ctx, action, input.Bucket, undefined, conditions(input));

/** An action on an object; `versionAction` is the one for a version that the request names. */
const onObject =
  <I extends OnObject>(action: string, versionAction = action, conditions: (input: I) => Conditions = () => ({})) =>
  (room: Room, ctx: Context, input: I & Choice): readonly AuthorizationRequest[] => {
    const { VersionId } = input;
    return requestOn(room, ctx, VersionId === undefined ? action : versionAction, input.Bucket, input, {
      "s3:VersionId": VersionId,
      ...conditions(input),
    });
  };

/** What a bucket that is not there is asked, nobody is: the operation says NoSuchBucket to all. */
export const requestOn = (
  room: Room,
  ctx: Context,
  action: string,
  name: string,
  choice: Choice | undefined,
  conditions: Conditions,
): readonly AuthorizationRequest[] => {
  noteCaller(room, ctx, name);
  const bucket = room.buckets.get(name);
  if (!bucket) return [];
  const version = choice && !choice.isNew ? findVersion(room, name, choice.Key, choice.VersionId) : undefined;
  const object = version?.kind === "object" ? version : undefined;
  const owner = object && isOwnersToGive(`s3:${action}`) ? ownerOf(bucket, object) : bucket.account;
  const path = choice ? `${name}/${choice.Key}` : name;
  return [
    {
      action: `s3:${action}`,
      resource: `arn:${ctx.partition}:s3:::${path}`,
      conditions: defined({ ...conditions, ...existingTags(object), "s3:ResourceAccount": bucket.account }),
      ...(mayAlways(ctx, bucket, action)
        ? {}
        : { resourcePolicy: resourcePolicyOf(bucket, ctx.principal, object, owner) }),
      ...(owner === ctx.account ? {} : { resourceAccount: owner }),
    },
  ];
};

/** Whose request it is, a bucket's access log tells, whether it is allowed or not. */
const noteCaller = ({ configurations, callers, clock }: Room, ctx: Context, bucket: string): void => {
  if (configurations.logging.has(bucket)) callers.note(ctx, clock.now());
};

/** AWS: a policy cannot lock out the root of the account that owns the bucket from the policy itself. */
const mayAlways = (ctx: Context, bucket: BucketRecord, action: string): boolean =>
  ctx.principal.kind === "root" && ctx.account === bucket.account && /^(?:Get|Put|Delete)BucketPolicy$/.test(action);

const aclConditions = (input: AclInput): Conditions => ({
  "s3:x-amz-acl": input.ACL,
  "s3:x-amz-grant-full-control": input.GrantFullControl,
  "s3:x-amz-grant-read": input.GrantRead,
  "s3:x-amz-grant-read-acp": input.GrantReadACP,
  "s3:x-amz-grant-write": input.GrantWrite,
  "s3:x-amz-grant-write-acp": input.GrantWriteACP,
});

interface WriteInput extends OnObject, ChecksumFields, AclInput {
  readonly ServerSideEncryption?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly StorageClass?: string | undefined;
  readonly Tagging?: string | undefined;
  readonly ObjectLockMode?: string | undefined;
  readonly ObjectLockRetainUntilDate?: Date | undefined;
  readonly ObjectLockLegalHoldStatus?: string | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
}

const writeConditions = (input: WriteInput): Conditions => ({
  ...aclConditions(input),
  "s3:x-amz-server-side-encryption-customer-algorithm": input.SSECustomerAlgorithm,
  "s3:object-lock-mode": input.ObjectLockMode,
  "s3:object-lock-retain-until-date": input.ObjectLockRetainUntilDate?.toISOString(),
  "s3:object-lock-legal-hold": input.ObjectLockLegalHoldStatus,
  "s3:if-match": input.IfMatch,
  "s3:if-none-match": input.IfNoneMatch,
  "s3:x-amz-server-side-encryption": input.ServerSideEncryption,
  "s3:x-amz-server-side-encryption-aws-kms-key-id": input.SSEKMSKeyId,
  "s3:x-amz-storage-class": input.StorageClass,
  ...requestTags([...new URLSearchParams(input.Tagging ?? "")]),
});

/** A write of an object: further actions are asked where it sets tags or an access list. */
const writing = (room: Room, ctx: Context, input: WriteInput): readonly AuthorizationRequest[] => {
  const write = onObject("PutObject", "PutObject", writeConditions)(room, ctx, {
    ...input,
    VersionId: undefined,
    isNew: true,
  });
  const also = [
    ...(input.Tagging === undefined ? [] : ["PutObjectTagging"]),
    // AWS: of services that leave objects to the bucket's owner, policies name `s3:PutObject` alone.
    ...(input.ACL === undefined || ctx.principal.kind === "service" ? [] : ["PutObjectAcl"]),
    ...(input.ObjectLockMode === undefined ? [] : ["PutObjectRetention"]),
    ...(input.ObjectLockLegalHoldStatus === undefined ? [] : ["PutObjectLegalHold"]),
  ];
  const target = { Bucket: input.Bucket, Key: input.Key, isNew: true };
  return [
    ...write,
    ...also.flatMap((action) => onObject(action, action, () => writeConditions(input))(room, ctx, target)),
  ];
};

/** AWS: who goes past a lock in governance mode says so, and must be allowed to. */
const bypassing = (
  room: Room,
  ctx: Context,
  input: OnObject & { readonly BypassGovernanceRetention?: boolean | undefined },
): readonly AuthorizationRequest[] =>
  input.BypassGovernanceRetention ? onObject("BypassGovernanceRetention")(room, ctx, input) : [];

const copying = (room: Room, ctx: Context, source: string): readonly AuthorizationRequest[] =>
  onObject("GetObject", "GetObjectVersion")(room, ctx, parseCopySource(source));

const listConditions = ({ Prefix, Delimiter, MaxKeys }: ListInput): Conditions => ({
  "s3:prefix": Prefix ?? "",
  "s3:delimiter": Delimiter,
  "s3:max-keys": MaxKeys === undefined ? undefined : String(MaxKeys),
});

interface ListInput extends OnBucket {
  readonly Prefix?: string | undefined;
  readonly Delimiter?: string | undefined;
  readonly MaxKeys?: number | undefined;
}

const everywhere = (action: string) => (): AuthorizationRequest => ({ action: `s3:${action}`, resource: "*" });

interface TagInput extends OnObject {
  readonly Tagging: { readonly TagSet?: readonly { readonly Key: string; readonly Value: string }[] | undefined };
}

const setTags = (input: TagInput) => requestTags((input.Tagging.TagSet ?? []).map(({ Key, Value }) => [Key, Value]));

export const iam: IamTable<Room, "s3"> = {
  CreateBucket: (_room, ctx, input) => ({
    action: "s3:CreateBucket",
    resource: `arn:${ctx.partition}:s3:::${input.Bucket}`,
    conditions: defined({
      "s3:LocationConstraint": input.CreateBucketConfiguration?.LocationConstraint,
      ...aclConditions(input),
      "s3:x-amz-object-ownership": input.ObjectOwnership,
    }),
  }),
  DeleteBucket: onBucket("DeleteBucket"),
  HeadBucket: onBucket("ListBucket"),
  ListBuckets: everywhere("ListAllMyBuckets"),
  GetBucketLocation: onBucket("GetBucketLocation"),
  ListObjects: onBucket("ListBucket", listConditions),
  ListObjectsV2: onBucket("ListBucket", listConditions),
  ListObjectVersions: onBucket("ListBucketVersions", listConditions),
  ListMultipartUploads: onBucket("ListBucketMultipartUploads", ({ Prefix, Delimiter }: ListInput) => ({
    "s3:prefix": Prefix,
    "s3:delimiter": Delimiter,
  })),
  GetObject: onObject("GetObject", "GetObjectVersion"),
  HeadObject: onObject("GetObject", "GetObjectVersion"),
  GetObjectAttributes: (room, ctx, input) => [
    ...onObject("GetObject", "GetObjectVersion")(room, ctx, input),
    ...onObject("GetObjectAttributes", "GetObjectVersionAttributes")(room, ctx, input),
  ],
  PutObject: writing,
  CreateMultipartUpload: writing,
  UploadPart: onObject("PutObject"),
  CompleteMultipartUpload: onObject("PutObject", "PutObject", (input: WriteInput) => ({
    "s3:if-match": input.IfMatch,
    "s3:if-none-match": input.IfNoneMatch,
  })),
  AbortMultipartUpload: onObject("AbortMultipartUpload"),
  ListParts: onObject("ListMultipartUploadParts"),
  UploadPartCopy: (room, ctx, input) => [
    ...copying(room, ctx, input.CopySource),
    ...onObject("PutObject", "PutObject", () => ({ "s3:x-amz-copy-source": input.CopySource }))(room, ctx, input),
  ],
  CopyObject: (room, ctx, input) => [
    ...copying(room, ctx, input.CopySource),
    ...writing(room, ctx, input).map((request) => ({
      ...request,
      conditions: defined({
        ...request.conditions,
        "s3:x-amz-copy-source": input.CopySource,
        "s3:x-amz-metadata-directive": input.MetadataDirective,
      }),
    })),
  ],
  DeleteObject: (room, ctx, input) => [
    ...onObject("DeleteObject", "DeleteObjectVersion")(room, ctx, input),
    ...bypassing(room, ctx, input),
  ],
  // Each key is asked for by itself, by the operation.
  DeleteObjects: (room, ctx, { Bucket }) => {
    noteCaller(room, ctx, Bucket);
    return [];
  },
  RestoreObject: onObject("RestoreObject"),
  PutObjectTagging: onObject("PutObjectTagging", "PutObjectVersionTagging", setTags),
  GetObjectTagging: onObject("GetObjectTagging", "GetObjectVersionTagging"),
  DeleteObjectTagging: onObject("DeleteObjectTagging", "DeleteObjectVersionTagging"),
  GetObjectAcl: onObject("GetObjectAcl", "GetObjectVersionAcl"),
  PutObjectAcl: onObject("PutObjectAcl", "PutObjectVersionAcl", (input: AclInput & OnObject) => aclConditions(input)),
  GetBucketVersioning: onBucket("GetBucketVersioning"),
  PutBucketVersioning: onBucket("PutBucketVersioning"),
  GetBucketPolicy: onBucket("GetBucketPolicy"),
  PutBucketPolicy: onBucket("PutBucketPolicy"),
  DeleteBucketPolicy: onBucket("DeleteBucketPolicy"),
  GetBucketPolicyStatus: onBucket("GetBucketPolicyStatus"),
  GetPublicAccessBlock: onBucket("GetBucketPublicAccessBlock"),
  PutPublicAccessBlock: onBucket("PutBucketPublicAccessBlock"),
  DeletePublicAccessBlock: onBucket("PutBucketPublicAccessBlock"),
  GetBucketOwnershipControls: onBucket("GetBucketOwnershipControls"),
  PutBucketOwnershipControls: onBucket("PutBucketOwnershipControls"),
  DeleteBucketOwnershipControls: onBucket("PutBucketOwnershipControls"),
  GetBucketTagging: onBucket("GetBucketTagging"),
  PutBucketTagging: onBucket("PutBucketTagging"),
  DeleteBucketTagging: onBucket("PutBucketTagging"),
  GetBucketAcl: onBucket("GetBucketAcl"),
  PutBucketAcl: onBucket("PutBucketAcl", (input: AclInput & OnBucket) => aclConditions(input)),
  GetBucketCors: onBucket("GetBucketCORS"),
  PutBucketCors: onBucket("PutBucketCORS"),
  DeleteBucketCors: onBucket("PutBucketCORS"),
  GetBucketEncryption: onBucket("GetEncryptionConfiguration"),
  PutBucketEncryption: onBucket("PutEncryptionConfiguration"),
  DeleteBucketEncryption: onBucket("PutEncryptionConfiguration"),
  GetBucketLifecycleConfiguration: onBucket("GetLifecycleConfiguration"),
  PutBucketLifecycleConfiguration: onBucket("PutLifecycleConfiguration"),
  DeleteBucketLifecycle: onBucket("PutLifecycleConfiguration"),
  GetBucketWebsite: onBucket("GetBucketWebsite"),
  PutBucketWebsite: onBucket("PutBucketWebsite"),
  DeleteBucketWebsite: onBucket("DeleteBucketWebsite"),
  GetBucketNotificationConfiguration: onBucket("GetBucketNotification"),
  PutBucketNotificationConfiguration: onBucket("PutBucketNotification"),
  PutBucketAnalyticsConfiguration: onBucket("PutAnalyticsConfiguration"),
  DeleteBucketAnalyticsConfiguration: onBucket("PutAnalyticsConfiguration"),
  PutBucketIntelligentTieringConfiguration: onBucket("PutIntelligentTieringConfiguration"),
  DeleteBucketIntelligentTieringConfiguration: onBucket("PutIntelligentTieringConfiguration"),
  PutBucketInventoryConfiguration: onBucket("PutInventoryConfiguration"),
  DeleteBucketInventoryConfiguration: onBucket("PutInventoryConfiguration"),
  PutBucketMetricsConfiguration: onBucket("PutMetricsConfiguration"),
  DeleteBucketMetricsConfiguration: onBucket("PutMetricsConfiguration"),
  PutBucketAccelerateConfiguration: onBucket("PutAccelerateConfiguration"),
  PutBucketRequestPayment: onBucket("PutBucketRequestPayment"),
  PutBucketLogging: onBucket("PutBucketLogging"),
  GetBucketAccelerateConfiguration: onBucket("GetAccelerateConfiguration"),
  GetBucketLogging: onBucket("GetBucketLogging"),
  GetBucketRequestPayment: onBucket("GetBucketRequestPayment"),
  GetBucketReplication: onBucket("GetReplicationConfiguration"),
  PutBucketReplication: (room, ctx, input) => [
    ...onBucket("PutReplicationConfiguration")(room, ctx, input),
    passRole(input.ReplicationConfiguration.Role ?? "", "s3.amazonaws.com"),
  ],
  DeleteBucketReplication: onBucket("PutReplicationConfiguration"),
  GetObjectLockConfiguration: onBucket("GetBucketObjectLockConfiguration"),
  PutObjectLockConfiguration: onBucket("PutBucketObjectLockConfiguration"),
  GetObjectRetention: onObject("GetObjectRetention"),
  PutObjectRetention: (room, ctx, input) => [
    ...onObject("PutObjectRetention")(room, ctx, input),
    ...bypassing(room, ctx, input),
  ],
  GetObjectLegalHold: onObject("GetObjectLegalHold"),
  PutObjectLegalHold: onObject("PutObjectLegalHold"),
  ListBucketAnalyticsConfigurations: onBucket("GetAnalyticsConfiguration"),
  GetBucketAnalyticsConfiguration: onBucket("GetAnalyticsConfiguration"),
  ListBucketIntelligentTieringConfigurations: onBucket("GetIntelligentTieringConfiguration"),
  GetBucketIntelligentTieringConfiguration: onBucket("GetIntelligentTieringConfiguration"),
  ListBucketInventoryConfigurations: onBucket("GetInventoryConfiguration"),
  GetBucketInventoryConfiguration: onBucket("GetInventoryConfiguration"),
  ListBucketMetricsConfigurations: onBucket("GetMetricsConfiguration"),
  GetBucketMetricsConfiguration: onBucket("GetMetricsConfiguration"),
};

const defined = (conditions: Readonly<Record<string, string | readonly string[] | undefined>>) =>
  Object.fromEntries(Object.entries(conditions).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));

const existingTags = (object: ObjectRecord | undefined): Conditions =>
  Object.fromEntries((object?.tags ?? []).map(({ key, value }: TagRecord) => [`s3:ExistingObjectTag/${key}`, value]));

const requestTags = (tags: readonly (readonly [string, string])[]): Conditions =>
  Object.fromEntries(tags.map(([key, value]) => [`s3:RequestObjectTag/${key}`, value]));
