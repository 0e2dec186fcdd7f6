// https://docs.aws.amazon.com/kms/latest/developerguide/limits.html and the API reference.

export const DEFAULT_DELETION_DAYS = 30;
export const MIN_DELETION_DAYS = 7;
export const MAX_DELETION_DAYS = 30;
export const DEFAULT_ROTATION_DAYS = 365;
export const MAX_TAGS = 50;
export const DEFAULT_PAGE_SIZE = 100;
export const DEFAULT_ALIAS_PAGE_SIZE = 50;
export const DEFAULT_GRANT_PAGE_SIZE = 50;
export const MAX_ON_DEMAND_ROTATIONS = 25;
/** For which the parameters of an import hold. */
export const IMPORT_DAYS = 1;
/** Bytes of a symmetric key. */
export const KEY_BYTES = 32;
