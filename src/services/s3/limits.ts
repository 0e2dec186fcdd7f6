// Quotas of https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html and the API reference.

const HOUR_MS = 60 * 60_000;

export const MAX_KEY_BYTES = 1024;
/** Bytes of the names and values of an object's own metadata together. */
export const MAX_METADATA_BYTES = 2048;
/** The largest object one PutObject or one part may bring, and CopyObject may copy: 5 GiB. */
export const MAX_PUT_BYTES = 5 * 1024 ** 3;
/** Every part of a multipart upload but the last is at least this large. */
export const MIN_PART_BYTES = 5 * 1024 ** 2;
export const MAX_PARTS = 10_000;
/** Entries of one page of a listing. */
export const MAX_PAGE_SIZE = 1000;
/** Keys one DeleteObjects names. */
export const MAX_DELETED_KEYS = 1000;
export const MAX_OBJECT_TAGS = 10;
export const MAX_BUCKET_TAGS = 50;
export const MAX_TAG_KEY_CHARACTERS = 128;
export const MAX_TAG_VALUE_CHARACTERS = 256;
export const MAX_POLICY_BYTES = 20 * 1024;
/** Buckets one account may own. */
export const MAX_BUCKETS = 10_000;
export const MAX_CORS_RULES = 100;
/** Analytics, inventories, metrics or tierings of one page of their list. */
export const MAX_REPORT_PAGE_SIZE = 100;
/**
 * How long restorations take: the least that the page tells of each tier.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects-retrieval-options.html
 */
export const RESTORATION_MS = {
  GLACIER: { Expedited: 60_000, Standard: 3 * HOUR_MS, Bulk: 5 * HOUR_MS },
  DEEP_ARCHIVE: { Expedited: undefined, Standard: 12 * HOUR_MS, Bulk: 48 * HOUR_MS },
} as const;
/** How often a notification is tried, and after how long again; twice as long each time. AWS says of neither. */
export const MAX_NOTICE_ATTEMPTS = 8;
export const NOTICE_RETRY_MS = 1000;
/** How long lines of access logs are kept until they are delivered. AWS: within some hours, as it can be done. */
export const LOG_DELIVERY_MS = 5 * 60_000;
export const MAX_LIFECYCLE_RULES = 1000;
export const MAX_REPLICATION_RULES = 1000;
