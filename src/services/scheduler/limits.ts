// https://docs.aws.amazon.com/scheduler/latest/UserGuide/scheduler-quotas.html
export const DEFAULT_PAGE_SIZE = 100;
export const MAX_GROUPS = 500;
export const MAX_TAGS = 200;
export const DEFAULT_MAX_AGE_SECONDS = 86_400;
export const DEFAULT_MAX_RETRIES = 185;
export const FIRST_RETRY_MS = 1000;
export const MAX_RETRY_WAIT_MS = 15 * 60_000;
