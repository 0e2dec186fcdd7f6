// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html and the API reference.

export const MAX_DATA_PER_PUT = 1000;
export const MAX_VALUES_PER_DATUM = 150;
/** Datapoints may be this old, and this far ahead. */
export const MAX_DATUM_AGE_MS = 14 * 24 * 60 * 60_000;
export const MAX_DATUM_FUTURE_MS = 2 * 60 * 60_000;
export const MAX_STATISTICS_DATAPOINTS = 1440;
export const MAX_QUERIES = 500;
export const MAX_METRIC_DATA_DATAPOINTS = 100_800;
export const METRICS_PER_PAGE = 500;
/** Metrics without newer data are not listed any more. */
export const LISTED_MS = 14 * 24 * 60 * 60_000;
export const RECENTLY_ACTIVE_MS = 3 * 60 * 60_000;
export const ALARMS_PER_PAGE = 50;
export const HISTORY_PER_PAGE = 100;
export const HISTORY_KEPT_MS = 30 * 24 * 60 * 60_000;
export const DASHBOARDS_PER_PAGE = 1000;
export const MAX_ACTIONS = 5;
export const MAX_TAGS = 50;
export const MAX_RULE_ELEMENTS = 500;
export const MAX_RULE_ALARMS = 100;
export const MAX_EXPRESSION_DEPTH = 64;
/** A single alarm looks back at most so far. */
export const MAX_EVALUATION_SECONDS = 7 * 86_400;
export const MAX_SUBDAILY_EVALUATION_SECONDS = 86_400;
/** When the clock leaps, no more turns than these are made up for: a day of minutes. */
export const MAX_MISSED_TURNS = 1440;

/** How long cells are kept, by the seconds they span; older ones are folded into the next. */
export const RETENTION_MS = {
  1: 3 * 60 * 60_000,
  60: 15 * 24 * 60 * 60_000,
  300: 63 * 24 * 60 * 60_000,
  3600: 455 * 24 * 60 * 60_000,
} as const;
/** Every so many new cells of a series, what has grown old is folded. */
export const CELLS_BETWEEN_FOLDS = 1024;
