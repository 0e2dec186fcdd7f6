// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html

export const MAX_PAYLOAD_BYTES = 10 * 1024 * 1024;
export const MIN_INTEGRATION_TIMEOUT_MS = 50;
export const MAX_INTEGRATION_TIMEOUT_MS = 29_000;
/** An account's requests a second, and at once. */
export const DEFAULT_RATE = 10_000;
export const DEFAULT_BURST = 5_000;
/** The longest answer that a stage's cache keeps. */
export const MAX_CACHED_BYTES = 1024 * 1024;
/** What the caches of a room's stages hold in all. */
export const MAX_CACHE_BYTES = 64 * 1024 * 1024;
export const DEFAULT_LIST_SIZE = 25;
export const MAX_LIST_SIZE = 500;
