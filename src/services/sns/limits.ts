// https://docs.aws.amazon.com/general/latest/gr/sns.html and the API reference.

/** A message with its attributes. */
export const MAX_MESSAGE_BYTES = 256 * 1024;
export const MAX_BATCH_ENTRIES = 10;
/** Within this time, a FIFO topic takes a message with the same deduplication id for the same message. */
export const DEDUPLICATION_MS = 5 * 60_000;
export const PAGE_SIZE = 100;
export const MAX_SUBJECT_LENGTH = 100;
/** Of a batch's entries. */
export const MAX_ENTRY_ID_LENGTH = 80;
export const MAX_ATTRIBUTE_NAME_LENGTH = 256;
/** How long an ended subscription may be taken up again. */
export const TOKEN_MS = 2 * 24 * 60 * 60_000;
export const DELIVERY_TIMEOUT_MS = 15_000;
/** Messages kept of each topic to be looked at. */
export const MAX_KEPT_MESSAGES = 100;
