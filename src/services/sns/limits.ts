// https://docs.aws.amazon.com/general/latest/gr/sns.html and the API reference.

/** A message with its attributes. */
export const MAX_MESSAGE_BYTES = 256 * 1024;
export const MAX_BATCH_ENTRIES = 10;
/** Within this time, a FIFO topic takes a message with the same deduplication id for the same message. */
export const DEDUPLICATION_MS = 5 * 60_000;
export const PAGE_SIZE = 100;
export const MAX_SUBJECT_LENGTH = 100;
/** Tries of one delivery, the waits between them doubling from the first. */
export const MAX_DELIVERY_ATTEMPTS = 4;
export const FIRST_RETRY_MS = 1000;
export const DELIVERY_TIMEOUT_MS = 15_000;
/** Messages kept of each topic to be looked at. */
export const MAX_KEPT_MESSAGES = 100;
