// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
export const MAX_PIPES = 1000;
export const DEFAULT_PAGE_SIZE = 100;
export const DEFAULT_QUEUE_BATCH = 10;
export const DEFAULT_STREAM_BATCH = 100;
export const MAX_TAGS = 50;
/** What an enrichment may answer. */
export const MAX_ENRICHED_BYTES = 6_291_456;
/** The largest log record; longer ones lose what was sent and answered. */
export const MAX_LOG_RECORD_BYTES = 262_144;
export const MAX_STATE_REASON_LENGTH = 512;
/** How long a session of a pipe's role is used. */
export const SESSION_MS = 45 * 60_000;
