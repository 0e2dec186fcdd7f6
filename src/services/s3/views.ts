import type { ObjectVersionStorageClass } from "@aws-sdk/client-s3";
import { encodeWord } from "../../kernel/mailWords.ts";
import { type ChecksumRecord, checksumView } from "./checksums.ts";
import { wholeSeconds } from "./conditions.ts";
import { shownVersionId, writtenVersionId } from "./find.ts";
import { DEFAULT_STORAGE_CLASS } from "./heads.ts";
import { lockView } from "./objectLock.ts";
import type { BucketRecord, EncryptionRecord, ObjectHead, ObjectRecord } from "./records.ts";

/** An entity tag as headers and documents carry it. */
export const quoted = (etag: string): string => `"${etag}"`;

export const encryptionView = ({ algorithm, kmsKeyId, bucketKey, customerKey }: EncryptionRecord) => ({
  // AWS: an object under a customer's key is told of by that alone.
  ...(customerKey
    ? { SSECustomerAlgorithm: algorithm, SSECustomerKeyMD5: customerKey.md5 }
    : { ServerSideEncryption: algorithm }),
  ...(kmsKeyId === undefined ? {} : { SSEKMSKeyId: kmsKeyId }),
  ...(bucketKey === undefined ? {} : { BucketKeyEnabled: bucketKey }),
});

/** What PutObject and CompleteMultipartUpload say of what they wrote. */
export const writtenView = (object: ObjectRecord) => ({
  ETag: quoted(object.etag),
  ...checksumView(object.checksum),
  ...encryptionView(object.encryption),
  ...writtenVersionId(object),
});

/** What GetObject and HeadObject say of an object. */
export const objectView = (bucket: BucketRecord, object: ObjectRecord, checksum: ChecksumRecord | undefined) => ({
  AcceptRanges: "bytes",
  LastModified: new Date(wholeSeconds(object.modifiedAt)),
  ETag: quoted(object.etag),
  ContentType: object.contentType,
  Metadata: Object.fromEntries(Object.entries(object.metadata).map(([name, text]) => [name, encodeWord(text)])),
  ...headView(object),
  ...checksumView(checksum),
  ...encryptionView(object.encryption),
  ...shownVersionId(bucket, object),
  // AWS: the standard class and a count of no tags go without saying.
  ...(object.storageClass === DEFAULT_STORAGE_CLASS ? {} : { StorageClass: object.storageClass }),
  ...(object.tags.length === 0 ? {} : { TagCount: object.tags.length }),
  ...lockView(object),
  ...(object.replication === undefined ? {} : { ReplicationStatus: object.replication }),
});

/** AWS: what a header of one byte a letter cannot carry is left out of it. */
const headerSafe = (text: string): string => text.replace(/[^\t\x20-\x7e\x80-\xff]/gu, " ");

/** One object in a listing. */
export const listedView = (object: ObjectRecord) => ({
  Key: object.key,
  LastModified: new Date(wholeSeconds(object.modifiedAt)),
  ETag: quoted(object.etag),
  Size: object.size,
  StorageClass: object.storageClass,
  ...(object.checksum ? { ChecksumAlgorithm: [object.checksum.algorithm], ChecksumType: object.checksum.type } : {}),
});

/** The same among versions. AWS: of any storage class, though the model names but one. */
export const listedVersionView = (object: ObjectRecord) => ({
  ...listedView(object),
  StorageClass: object.storageClass as ObjectVersionStorageClass,
});

// Differs: a disposition beyond ASCII goes in the mail-safe form; Node cannot send its other letters beside a length.
const headView = (head: ObjectHead) => ({
  ...(head.cacheControl === undefined ? {} : { CacheControl: headerSafe(head.cacheControl) }),
  ...(head.contentDisposition === undefined ? {} : { ContentDisposition: encodeWord(head.contentDisposition) }),
  ...(head.contentEncoding === undefined ? {} : { ContentEncoding: head.contentEncoding }),
  ...(head.contentLanguage === undefined ? {} : { ContentLanguage: head.contentLanguage }),
  ...(head.expires === undefined ? {} : { Expires: new Date(head.expires) }),
  ...(head.websiteRedirect === undefined ? {} : { WebsiteRedirectLocation: head.websiteRedirect }),
});
