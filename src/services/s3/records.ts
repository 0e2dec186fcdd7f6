import type { ServerSideEncryption, StorageClass, Tier } from "@aws-sdk/client-s3";
import type { Blob } from "../../store/blobs.ts";
import type { Collection, Records } from "../../store/records.ts";
import type { ChecksumRecord } from "./checksums.ts";

/** A bucket, with what every request to it asks. */
export interface BucketRecord {
  readonly name: string;
  /** The account that owns it. */
  readonly account: string;
  readonly region: string;
  /** Milliseconds since the epoch, as all times here. */
  readonly createdAt: number;
  /** Absent until versioning is first enabled; never absent again. */
  readonly versioning?: "Enabled" | "Suspended";
  readonly ownership: Ownership | undefined;
  readonly publicAccess: PublicAccessRecord | undefined;
  readonly acl: readonly GrantRecord[];
  /** The bucket policy as it was put. */
  readonly policy?: string;
  readonly tags: readonly TagRecord[];
  /** Set for good once its objects can be locked. */
  readonly objectLock?: ObjectLockRecord;
  /** `EU`, where that old name of its region was asked for. */
  readonly legacyLocation?: "EU";
}

/** How new objects of a bucket are locked, unless their requests say otherwise. */
export interface ObjectLockRecord {
  readonly byDefault?: { readonly mode: RetentionMode; readonly days?: number; readonly years?: number };
}

export type RetentionMode = "GOVERNANCE" | "COMPLIANCE";

export type Ownership = "BucketOwnerEnforced" | "BucketOwnerPreferred" | "ObjectWriter";

export interface PublicAccessRecord {
  readonly blockPublicAcls: boolean;
  readonly ignorePublicAcls: boolean;
  readonly blockPublicPolicy: boolean;
  readonly restrictPublicBuckets: boolean;
}

/** One grant of an access control list. The grantee is a canonical user id or a group's URI. */
export interface GrantRecord {
  readonly kind: "CanonicalUser" | "Group";
  readonly grantee: string;
  readonly permission: Permission;
}

export type Permission = "FULL_CONTROL" | "READ" | "WRITE" | "READ_ACP" | "WRITE_ACP";

export interface TagRecord {
  readonly key: string;
  readonly value: string;
}

/** What an object is beside its bytes; multipart uploads hold it until they complete. */
export interface ObjectHead {
  readonly contentType: string;
  readonly cacheControl?: string;
  readonly contentDisposition?: string;
  readonly contentEncoding?: string;
  readonly contentLanguage?: string;
  /** What the `Expires` header says. */
  readonly expires?: number;
  readonly websiteRedirect?: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly storageClass: StorageClass;
  readonly encryption: EncryptionRecord;
  readonly tags: readonly TagRecord[];
  readonly acl: readonly GrantRecord[];
  /** The account that owns it, where that is not the bucket's. */
  readonly owner?: string;
  /** Until when, in milliseconds since the epoch, this version is not to be deleted. */
  readonly retention?: { readonly mode: RetentionMode; readonly until: number };
  readonly legalHold?: "ON" | "OFF";
}

export interface EncryptionRecord {
  readonly algorithm: ServerSideEncryption;
  readonly kmsKeyId?: string;
  readonly bucketKey?: boolean;
  /** The data key KMS gave for the object, as it wrapped it: who reads must be allowed to unwrap it. */
  readonly dataKey?: string;
  /** The key of the customer's own that every reader must bring. */
  readonly customerKey?: CustomerKeyRecord;
}

/** What is kept of a key that is never kept itself. */
export interface CustomerKeyRecord {
  /** In base64: shown to whoever brought the key. */
  readonly md5: string;
  /** In hex: by which the key is known again. */
  readonly sha256: string;
}

/** One version of an object, or the marker that says it is deleted. */
export type VersionRecord = ObjectRecord | DeleteMarkerRecord;

interface VersionIdentity {
  readonly bucket: string;
  readonly key: string;
  /** `null` for what was written without versioning. */
  readonly versionId: string;
  /** Higher for what was written later under the same key. */
  readonly sequence: number;
  readonly modifiedAt: number;
}

export interface ObjectRecord extends VersionIdentity, ObjectHead {
  readonly kind: "object";
  readonly size: number;
  /** Without its quotes. */
  readonly etag: string;
  /** The bytes, one blob after the other; one for each part of a multipart upload. */
  readonly segments: readonly SegmentRecord[];
  readonly checksum?: ChecksumRecord;
  /** Whether it was uploaded in parts, so that `partNumber` has a meaning. */
  readonly multipart: boolean;
  /** How far it is on its way to other buckets, or that it came from another. */
  readonly replication?: "PENDING" | "COMPLETED" | "FAILED" | "REPLICA";
  /** Of an archived object: the copy of it that can be read, or will be. */
  readonly restoration?: RestorationRecord;
  /** The multipart upload that made it: to complete that once more is no error. */
  readonly uploadId?: string;
}

export interface RestorationRecord {
  readonly tier: Tier;
  readonly readyAt: number;
  readonly expiresAt: number;
}

export interface DeleteMarkerRecord extends VersionIdentity {
  readonly kind: "marker";
}

export interface SegmentRecord extends Blob {
  readonly partNumber: number;
  readonly checksum?: string;
}

/** A version that is to go to other buckets. */
export interface ReplicationRecord {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
  /** Grows when the version changes while it waits. */
  readonly revision: number;
}

/** A notification on its way to a destination. */
export interface NoticeRecord {
  readonly id: string;
  readonly bucket: Pick<BucketRecord, "name" | "account" | "region">;
  readonly kind: "function" | "queue" | "topic";
  readonly arn: string;
  readonly message: string;
  /** How often it was tried in vain. */
  readonly attempts: number;
}

/** A line of a bucket's access log that is not delivered yet. */
export interface AccessLineRecord {
  readonly bucket: string;
  readonly at: number;
  readonly line: string;
}

/** A multipart upload that is neither complete nor aborted. */
export interface UploadRecord {
  readonly bucket: string;
  readonly key: string;
  readonly uploadId: string;
  readonly initiatedAt: number;
  readonly initiator: string;
  readonly head: ObjectHead;
  readonly checksumAlgorithm?: ChecksumRecord["algorithm"];
  readonly checksumType?: ChecksumRecord["type"];
  /** Whether the key was written or deleted since the upload began. */
  readonly disturbed?: boolean;
}

export interface PartRecord {
  readonly partNumber: number;
  readonly blob: Blob;
  readonly etag: string;
  readonly modifiedAt: number;
  readonly checksum?: ChecksumRecord;
}

export const NULL_VERSION = "null";

/** The state of S3, as it lies in the store. */
export interface S3Records {
  readonly buckets: Collection<BucketRecord>;
  /** The newest version of each key, by bucket and key. */
  readonly objects: Collection<VersionRecord>;
  /** Older versions, newest first, by bucket, key and negative sequence. */
  readonly olderVersions: Collection<VersionRecord>;
  /** By bucket, key and upload id: the order of ListMultipartUploads. */
  readonly uploads: Collection<UploadRecord>;
  /** By bucket, key and sequence: older versions of a key go before newer ones. */
  readonly replications: Collection<ReplicationRecord>;
  /** By id. */
  readonly notices: Collection<NoticeRecord>;
  /** By bucket, time and request. */
  readonly accessLines: Collection<AccessLineRecord>;
  /** By upload id and part number. */
  readonly parts: Collection<PartRecord>;
}

export const openS3Records = (records: Records): S3Records => ({
  buckets: records.collection("buckets"),
  objects: records.collection("objects"),
  olderVersions: records.collection("olderVersions"),
  uploads: records.collection("uploads"),
  replications: records.collection("replications"),
  notices: records.collection("notices"),
  accessLines: records.collection("accessLines"),
  parts: records.collection("parts"),
});
