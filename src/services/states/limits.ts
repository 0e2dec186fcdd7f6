// https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html

export const MAX_HISTORY_EVENTS = 25_000;
export const MAX_INPUT_BYTES = 256 * 1024;
export const MAX_TAGS = 50;
export const MAX_VERSIONS = 1000;
export const MAX_ALIASES = 100;
export const MAX_REDRIVES = 1000;
export const REDRIVE_DAYS = 14;
export const EXPRESS_TIMEOUT_SECONDS = 300;
/** How long GetActivityTask holds on when there is nothing to do. */
export const ACTIVITY_POLL_MS = 60_000;
/** AWS: child executions of one map run at a time. */
export const MAX_MAP_CONCURRENCY = 10_000;
export const PAGE_SIZE = 100;
export const MAX_PAGE_SIZE = 1000;
