import type { MetricQuery } from "../records.ts";

/** Queries with the labels of those that have none. AWS: a statistic and a period stand in it where they differ. */
export const withLabels = (queries: readonly MetricQuery[]): readonly MetricQuery[] => {
  const metrics = queries.flatMap(({ metric }) => metric ?? []);
  const differ = (of: "stat" | "period") => new Set(metrics.map((metric) => metric[of])).size > 1;
  const [statistics, periods] = [differ("stat"), differ("period")];
  return queries.map((query) => {
    const { metric, label } = query;
    if (!metric || label !== undefined) return query;
    const words = [metric.name, ...(statistics ? [metric.stat] : []), ...(periods ? [metric.period] : [])];
    return { ...query, label: words.join(" ") };
  });
};
