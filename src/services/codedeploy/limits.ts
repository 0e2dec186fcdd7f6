// https://docs.aws.amazon.com/codedeploy/latest/userguide/limits.html

/** How long a hook function may take to report. */
export const HOOK_TIMEOUT_MS = 60 * 60_000;
/** Between two looks at a deployment's alarms. */
export const ALARM_POLL_MS = 10_000;
export const MAX_HOOK_DIAGNOSTICS_LENGTH = 1024;
export const PAGE_SIZE = 100;
