import { DAY_MS } from "../../kernel/clock.ts";

// https://docs.aws.amazon.com/general/latest/gr/xray.html
export const MAX_SEGMENT_BYTES = 64 * 1024;
export const MAX_SAMPLING_RULES = 25;
export const MAX_GROUPS = 25;
export const RETENTION_MS = 30 * DAY_MS;
export const MAX_TAGS = 50;

// https://docs.aws.amazon.com/xray/latest/api/API_BatchGetTraces.html
export const MAX_TRACE_IDS = 5;

// https://docs.aws.amazon.com/xray/latest/api/API_PutResourcePolicy.html
export const MAX_POLICIES = 5;
export const MAX_POLICY_BYTES = 5 * 1024;

/** How far a trace may have begun after the present: the clocks of those who send are not quite ours. */
export const MAX_AHEAD_MS = DAY_MS;

export const MAX_EXPRESSION_CHARS = 10_000;
/** Brackets, braces and negations within one another. */
export const MAX_EXPRESSION_DEPTH = 50;

/** Subsegments within one another. */
export const MAX_DEPTH = 100;

export const TRACE_PAGE = 100;
export const SERVICE_PAGE = 100;
export const STATISTICS_PAGE = 1000;
