// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html

export const MAX_TARGETS_PER_RULE = 5;
export const MAX_ENTRY_BYTES = 256 * 1024;
export const DEFAULT_PAGE_SIZE = 100;
/** AWS tries for a day; here the waits double from the first, and a target may ask for fewer tries. */
export const MAX_DELIVERY_ATTEMPTS = 5;
export const MAX_EVENT_AGE_SECONDS = 86_400;
export const MAX_POLICY_BYTES = 10_240;
export const FIRST_RETRY_MS = 1000;
export const DEFAULT_INVOCATIONS_PER_SECOND = 300;
export const MAX_ACTIVE_REPLAYS = 10;
