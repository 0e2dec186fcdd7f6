// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html and the API reference.

/** The bytes AWS counts for each event beside its message. */
export const EVENT_OVERHEAD_BYTES = 26;
export const MAX_BATCH_BYTES = 1_048_576;
export const MAX_BATCH_SPAN_MS = 24 * 60 * 60_000;
/** Events further in the future are rejected. */
export const MAX_EVENT_FUTURE_MS = 2 * 60 * 60_000;
/** Events further in the past are rejected. */
export const MAX_EVENT_AGE_MS = 14 * 24 * 60 * 60_000;
/** Events in one answer. */
export const MAX_EVENTS_PER_PAGE = 10_000;
/** Bytes of messages in one answer. */
export const MAX_PAGE_BYTES = 1_048_576;
export const DEFAULT_LIST_SIZE = 50;
export const MAX_TAGS = 50;
/** Every so many batches of a stream, what its group no longer retains is removed. */
export const BATCHES_BETWEEN_PURGES = 256;
export const MAX_PATTERN_DEPTH = 32;
export const MAX_METRIC_FILTERS = 100;
export const MAX_SUBSCRIPTION_FILTERS = 2;
export const MAX_RESOURCE_POLICIES = 10;
export const MAX_QUERIED_GROUPS = 50;
/** Rows of a query's result in one answer. */
export const MAX_QUERY_PAGE = 10_000;
export const QUERIES_SHOWN = 1000;
export const MAX_LIVE_TAILS = 15;
export const LIVE_TAIL_MS = 3 * 60 * 60_000;
export const LIVE_TAIL_UPDATE_MS = 1000;
/** Events in one update of Live Tail; of more, a sample is shown. */
export const MAX_LIVE_TAIL_EVENTS = 500;
/** Events that wait for a client that reads slowly; then the oldest are dropped. */
export const MAX_LIVE_TAIL_BUFFER = 5000;
/** The text of one exported file before it is packed; the next events go to another. */
export const MAX_EXPORT_CHARACTERS = 16 * 1024 * 1024;
export const EXPORT_PENDING_MS = 1000;
