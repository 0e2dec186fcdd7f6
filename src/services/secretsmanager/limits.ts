// Quotas of https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html and the API reference.

/** Versions without a staging label that a secret keeps before the oldest go. */
export const MAX_DEPRECATED_VERSIONS = 100;
/** Staging labels on all versions of one secret. */
export const MAX_STAGES_PER_SECRET = 20;
export const MAX_TAGS_PER_SECRET = 50;
/** Days in which a deleted secret can be restored, when the caller names none. */
export const DEFAULT_RECOVERY_DAYS = 30;
export const MIN_RECOVERY_DAYS = 7;
export const MAX_RECOVERY_DAYS = 30;
export const DEFAULT_PAGE_SIZE = 100;
export const DEFAULT_BATCH_SIZE = 20;
export const DEFAULT_PASSWORD_LENGTH = 32;
export const MAX_PASSWORD_LENGTH = 4096;
