// https://docs.aws.amazon.com/general/latest/gr/ssm.html and the API reference.

export const MAX_STANDARD_VALUE_LENGTH = 4096;
export const MAX_ADVANCED_VALUE_LENGTH = 8192;
/** Versions kept of one parameter; the oldest goes when another comes. */
export const MAX_VERSIONS = 100;
export const MAX_LABELS_PER_VERSION = 10;
export const MAX_HIERARCHY_LEVELS = 15;
export const MAX_NAME_LENGTH = 1011;
export const MAX_TAGS = 50;
/** Policies of one parameter. */
export const MAX_POLICIES = 10;
export const DEFAULT_PAGE_SIZE = 10;
export const DEFAULT_HISTORY_PAGE_SIZE = 50;
