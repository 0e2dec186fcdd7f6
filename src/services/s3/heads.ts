import type { ServerSideEncryption, StorageClass } from "@aws-sdk/client-s3";
import type { Context } from "../../kernel/context.ts";
import { type CustomerKeyInput, newCustomerKey } from "./customerKeys.ts";
import { accessDenied, invalidArgument, invalidEncryption, invalidStorageClass, metadataTooLarge } from "./errors.ts";
import { type AclInput, aclOf, checkAclAllowed, isPublicAcl, privateAcl } from "./grants.ts";
import { withDataKey } from "./kmsAccess.ts";
import { MAX_METADATA_BYTES } from "./limits.ts";
import { type LockInput, locksFrom } from "./objectLock.ts";
import { keptOwner, ownerOfNew } from "./ownership.ts";
import type { BucketRecord, EncryptionRecord, ObjectHead } from "./records.ts";
import type { Room } from "./room.ts";
import { tagsFromHeader } from "./tags.ts";

/** What requests say of an object beside its bytes. */
export interface HeadInput extends AclInput, LockInput, EncryptionInput {
  readonly CacheControl?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly ContentLanguage?: string | undefined;
  readonly ContentType?: string | undefined;
  readonly Expires?: Date | undefined;
  readonly Metadata?: Readonly<Record<string, string>> | undefined;
  readonly StorageClass?: string | undefined;
  readonly Tagging?: string | undefined;
  readonly WebsiteRedirectLocation?: string | undefined;
}

interface EncryptionInput extends CustomerKeyInput {
  readonly ServerSideEncryption?: ServerSideEncryption | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
}

/** The head of a new object, as its request and its bucket's defaults make it. */
export const headFrom = async (
  room: Pick<Room, "configurations" | "clock" | "contextAs">,
  ctx: Context,
  bucket: BucketRecord,
  input: HeadInput & { readonly Key: string },
): Promise<ObjectHead> => {
  return {
    ...contentHead(input),
    storageClass: storageClassFrom(input.StorageClass),
    tags: tagsFromHeader(input.Tagging),
    ...ownedHead(bucket, ctx, input),
    ...locksFrom(bucket, input, room.clock.now()),
    encryption: await newEncryption(room, ctx, bucket, input),
    ...(input.WebsiteRedirectLocation === undefined ? {} : { websiteRedirect: input.WebsiteRedirectLocation }),
  };
};

/** How a new object lies: under a key of the customer's, under KMS's or under S3's own. */
export const newEncryption = async (
  room: Pick<Room, "configurations" | "contextAs">,
  ctx: Context,
  bucket: BucketRecord,
  input: EncryptionInput & { readonly Key: string },
): Promise<EncryptionRecord> => {
  const customerKey = newCustomerKey(input);
  if (customerKey) return { algorithm: "AES256", customerKey };
  return withDataKey(room, ctx, bucket, input.Key, encryptionFrom(room, bucket, input));
};

/** What a COPY directive of metadata keeps and a REPLACE changes. */
export const contentHead = (input: HeadInput) => ({
  contentType: input.ContentType ?? DEFAULT_CONTENT_TYPE,
  metadata: metadataFrom(input.Metadata),
  ...(input.CacheControl === undefined ? {} : { cacheControl: input.CacheControl }),
  ...(input.ContentDisposition === undefined ? {} : { contentDisposition: input.ContentDisposition }),
  ...encodingFrom(input.ContentEncoding),
  ...(input.ContentLanguage === undefined ? {} : { contentLanguage: input.ContentLanguage }),
  ...(input.Expires === undefined ? {} : { expires: input.Expires.getTime() }),
});

/** Whose a new object is, and its access list. */
export const ownedHead = (bucket: BucketRecord, ctx: Context, input: AclInput): Pick<ObjectHead, "acl" | "owner"> => {
  const owner = ownerOfNew(bucket, ctx, input.ACL);
  const acl = aclOf(input, owner, bucket.account);
  checkAclAllowed(bucket, input, acl);
  if (acl && bucket.publicAccess?.blockPublicAcls && isPublicAcl(acl)) throw accessDenied();
  return { acl: acl ?? privateAcl(owner), ...keptOwner(bucket, owner) };
};

/** Encryption as the request asks, or the bucket's default. Differs: what is asked is recorded; blobs are not encrypted. */
const encryptionFrom = (
  { configurations }: Pick<Room, "configurations">,
  bucket: BucketRecord,
  input: EncryptionInput,
): EncryptionRecord => {
  const rule = configurations.encryption.get(bucket.name)?.Rules?.[0];
  const byDefault = rule?.ApplyServerSideEncryptionByDefault;
  const algorithm = input.ServerSideEncryption ?? byDefault?.SSEAlgorithm ?? "AES256";
  if (!ENCRYPTIONS.includes(algorithm)) throw invalidEncryption(algorithm);
  if (input.SSEKMSKeyId !== undefined && !input.ServerSideEncryption?.startsWith("aws:kms"))
    throw invalidArgument(
      "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms",
      "x-amz-server-side-encryption",
    );
  const kmsKeyId = input.ServerSideEncryption === undefined ? byDefault?.KMSMasterKeyID : input.SSEKMSKeyId;
  if (!algorithm.startsWith("aws:kms")) return { algorithm };
  const bucketKey = input.BucketKeyEnabled ?? rule?.BucketKeyEnabled;
  return {
    algorithm,
    kmsKeyId: kmsKeyId ?? "alias/aws/s3",
    ...(bucketKey ? { bucketKey } : {}),
  };
};

export const storageClassFrom = (name: string = DEFAULT_STORAGE_CLASS): StorageClass => {
  const storageClass = STORAGE_CLASSES.find((each) => each === name);
  if (!storageClass) throw invalidStorageClass(name);
  return storageClass;
};

export const DEFAULT_STORAGE_CLASS = "STANDARD";
const DEFAULT_CONTENT_TYPE = "binary/octet-stream";

const ENCRYPTIONS: readonly ServerSideEncryption[] = ["AES256", "aws:kms", "aws:kms:dsse"];

const STORAGE_CLASSES: readonly StorageClass[] = [
  "STANDARD",
  "REDUCED_REDUNDANCY",
  "STANDARD_IA",
  "ONEZONE_IA",
  "INTELLIGENT_TIERING",
  "GLACIER",
  "DEEP_ARCHIVE",
  "GLACIER_IR",
];

const metadataFrom = (metadata: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => {
  const entries = Object.entries(metadata).map(([name, value]) => [name.toLowerCase(), value] as const);
  const bytes = entries.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  if (bytes > MAX_METADATA_BYTES) throw metadataTooLarge(bytes, MAX_METADATA_BYTES);
  return Object.fromEntries(entries);
};

/** AWS: `aws-chunked` tells how the request came, not what the object is. */
const encodingFrom = (encoding: string | undefined) => {
  const own = (encoding ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "" && part !== "aws-chunked");
  return own.length === 0 ? {} : { contentEncoding: own.join(",") };
};

/** AWS: under KMS's keys, and under customers' own, an entity tag tells nothing of the bytes. */
export const entityTag = ({ ids }: Pick<Room, "ids">, encryption: EncryptionRecord, md5: string): string =>
  tellsMd5(encryption) ? md5 : ids.hex(md5.length);

/** Whether the entity tag of what lies so is the MD5 of its bytes. */
export const tellsMd5 = ({ algorithm, customerKey }: EncryptionRecord): boolean =>
  algorithm === "AES256" && customerKey === undefined;
