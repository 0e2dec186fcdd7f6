// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html

/** All files of a deployment package and its layers, unpacked. */
export const MAX_UNZIPPED_BYTES = 262_144_000;
export const MAX_ZIP_ENTRIES = 100_000;
/** A deployment package in the request itself. */
export const MAX_INLINE_ZIP_BYTES = 52_428_800;
/** A whole CreateFunction request: such a package in base64, and what is said of it. */
export const MAX_CREATE_REQUEST_BYTES = 70_167_211;
export const MAX_NAME_LENGTH = 64;
export const MAX_ENVIRONMENT_BYTES = 4096;
export const MAX_POLICY_BYTES = 20_480;
export const MAX_LAYERS = 5;
export const ACCOUNT_CODE_BYTES = 80_530_636_800;
export const ACCOUNT_CONCURRENCY = 1000;
/** What reserving must leave to all other functions. */
export const MIN_UNRESERVED_CONCURRENCY = 100;
/** The largest event of an asynchronous invocation; 1 MB since October 2025. */
export const MAX_ASYNC_PAYLOAD_BYTES = 1_048_576;
export const MAX_SYNC_PAYLOAD_BYTES = 6_291_456;
/** Of what a function threw, as the log of calls keeps it. */
export const MAX_NOTED_ERROR_BYTES = 4096;
/** What is said of the client, in base64. */
export const MAX_CLIENT_CONTEXT_BYTES = 3583;
export const DEFAULT_MEMORY_MB = 128;
export const DEFAULT_TIMEOUT_SECONDS = 3;
export const DEFAULT_EPHEMERAL_MB = 512;
/** Of a function, mapping or code signing configuration. */
export const MAX_TAGS = 50;
export const DEFAULT_LIST_SIZE = 50;
export const DEFAULT_ASYNC_RETRIES = 2;
export const MAX_ASYNC_AGE_SECONDS = 21_600;
/** How long an update is under way, which takes AWS about a second. */
export const UPDATE_MS = 100;
/** Between an asynchronous invocation's attempts. */
export const ASYNC_RETRY_DELAYS_MS = [60_000, 120_000] as const;
/** A throttled asynchronous invocation waits from this long to five minutes. */
export const THROTTLE_DELAY_MS = 1000;
export const MAX_THROTTLE_DELAY_MS = 300_000;
/** Runs of a function in one chain of requests; the next one is a loop's. */
export const MAX_CHAIN_RUNS = 16;
/** Functions of a chain that are counted: those that ran last. */
export const MAX_LINEAGE_FUNCTIONS = 16;
/** How long a link to a function's code is good. */
export const CODE_LINK_MS = 10 * 60_000;
/** Filters of one event source mapping. */
export const MAX_EVENT_FILTERS = 5;
export const DEFAULT_QUEUE_BATCH = 10;
export const DEFAULT_STREAM_BATCH = 100;
export const MAX_STREAM_BATCH = 1000;
export const MAX_LISTED_MAPPINGS = 100;
