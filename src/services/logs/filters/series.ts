import type { MetricSeries } from "../../../kernel/metrics.ts";
import type { Room } from "../room.ts";

/** Metrics kept by their name: one that is recorded again and again is told by its identity. */
const known = new Map<string, readonly MetricSeries[]>();
/** Dimensions come from what people log: past so many, the names are gathered anew. */
const MAX_KNOWN = 10_000;

/** One datapoint that a log event holds. */
export const recordMetric = (
  { metrics, account, region }: Pick<Room, "metrics" | "account" | "region">,
  { namespace, name, unit, dimensions }: MetricSeries,
  value: number,
  at: number,
): void => {
  if (!Number.isFinite(value)) return;
  const key = JSON.stringify([namespace, name, unit, dimensions]);
  const series = known.get(key) ?? [{ namespace, name, unit, dimensions }];
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(key, series);
  metrics.record(account, region, series, value, at);
};
