// https://docs.aws.amazon.com/codedeploy/latest/userguide/limits.html

/** How long a hook function may take to report. */
export const HOOK_TIMEOUT_MS = 60 * 60_000;
/** Between two looks at a deployment's alarms. */
export const ALARM_POLL_MS = 10_000;
export const MAX_HOOK_DIAGNOSTICS_LENGTH = 1024;
export const PAGE_SIZE = 100;

export const MAX_ALARMS = 10;
export const MAX_ALARM_NAME_LENGTH = 255;
export const MAX_TRIGGERS = 10;
export const MAX_DESCRIPTION_LENGTH = 256;
export const MAX_NAMES_IN_BATCH = 100;
export const MAX_IDS_IN_BATCH = 25;
/** Between the first and the last step of a traffic shift: two days. */
export const MAX_SHIFT_MINUTES = 2880;
export const MAX_SHIFT_PERCENTAGE = 99;
export const MAX_HEALTHY_PERCENTAGE = 99;
export const MAX_TAG_KEY_LENGTH = 128;
export const MAX_TAG_VALUE_LENGTH = 256;
export const MAX_TAGS = 50;
