/** What SQS gives with one call, and how long it waits for it. */
export const MAX_RECEIVED_MESSAGES = 10;
export const MAX_WAIT_SECONDS = 20;
/** Batches of one queue under way at once when nobody names a number: AWS starts with five pollers. */
export const QUEUE_CONCURRENCY = 5;
/** The largest event that a batch becomes. */
export const MAX_BATCH_BYTES = 6_291_456;
/** How often a stream is asked for records: four times a second, as on AWS. */
export const STREAM_POLL_MS = 250;
/** The state that is kept through a tumbling window. */
export const MAX_WINDOW_STATE_BYTES = 1_048_576;
