// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html, quotas-messages.html

export const MAX_BATCH_ENTRIES = 10;
export const MAX_MESSAGE_BYTES = 1024 * 1024;
export const MAX_BATCH_BYTES = 1024 * 1024;
export const MAX_RECEIVED_MESSAGES = 10;
export const MAX_MESSAGE_ATTRIBUTES = 10;
export const MAX_VISIBILITY_SECONDS = 43_200;
export const MAX_DELAY_SECONDS = 900;
export const MAX_WAIT_SECONDS = 20;
/** Of one AddPermission. */
export const MAX_PERMISSION_ACTIONS = 7;
export const MAX_ATTRIBUTE_NAME_BYTES = 256;
export const MAX_IDENTIFIER_LENGTH = 128;
export const MAX_MOVES_PER_SECOND = 500;
export const MAX_LISTED_MOVES = 10;
export const MAX_TAGS = 50;
export const DEDUPLICATION_WINDOW_MS = 5 * 60_000;
/** The least time between two purges of a queue. */
export const PURGE_INTERVAL_MS = 60_000;
export const DEFAULT_PAGE_SIZE = 1000;
