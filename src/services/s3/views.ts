import { type ChecksumRecord, checksumView } from "./checksums.ts";
import { shownVersionId, writtenVersionId } from "./find.ts";
import { DEFAULT_STORAGE_CLASS } from "./heads.ts";
import { lockView } from "./objectLock.ts";
import type { BucketRecord, EncryptionRecord, ObjectHead, ObjectRecord } from "./records.ts";

/** An entity tag as headers and documents carry it. */
export const quoted = (etag: string): string => `"${etag}"`;

export const encryptionView = ({ algorithm, kmsKeyId, bucketKey }: EncryptionRecord) => ({
  ServerSideEncryption: algorithm,
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
  LastModified: new Date(object.modifiedAt),
  ETag: quoted(object.etag),
  ContentType: object.contentType,
  Metadata: { ...object.metadata },
  ...headView(object),
  ...checksumView(checksum),
  ...encryptionView(object.encryption),
  ...shownVersionId(bucket, object),
  // AWS: the standard class and a count of no tags go without saying.
  ...(object.storageClass === DEFAULT_STORAGE_CLASS ? {} : { StorageClass: object.storageClass }),
  ...(object.tags.length === 0 ? {} : { TagCount: object.tags.length }),
  ...lockView(object),
});

/** One object in a listing. */
export const listedView = (object: ObjectRecord) => ({
  Key: object.key,
  LastModified: new Date(object.modifiedAt),
  ETag: quoted(object.etag),
  Size: object.size,
  StorageClass: object.storageClass,
  ...(object.checksum ? { ChecksumAlgorithm: [object.checksum.algorithm], ChecksumType: object.checksum.type } : {}),
});

const headView = (head: ObjectHead) => ({
  ...(head.cacheControl === undefined ? {} : { CacheControl: head.cacheControl }),
  ...(head.contentDisposition === undefined ? {} : { ContentDisposition: head.contentDisposition }),
  ...(head.contentEncoding === undefined ? {} : { ContentEncoding: head.contentEncoding }),
  ...(head.contentLanguage === undefined ? {} : { ContentLanguage: head.contentLanguage }),
  ...(head.expires === undefined ? {} : { Expires: new Date(head.expires) }),
  ...(head.websiteRedirect === undefined ? {} : { WebsiteRedirectLocation: head.websiteRedirect }),
});
