import { CloudWatchClient, GetMetricDataCommand, ListMetricsCommand } from "@aws-sdk/client-cloudwatch";
import type { TestCloud } from "./harness.ts";

/** The sums of every metric that a thing has had in the last hour, by name; `name` and `value` are its dimension. */
export const metricsOf = async (cloud: TestCloud, Namespace: string, Name: string, Value: string) => {
  const cloudWatch = cloud.client(CloudWatchClient);
  const { Metrics = [] } = await cloudWatch.send(new ListMetricsCommand({ Namespace, Dimensions: [{ Name, Value }] }));
  const now = cloud.clock.now();
  const { MetricDataResults = [] } = await cloudWatch.send(
    new GetMetricDataCommand({
      StartTime: new Date(now - 3_600_000),
      EndTime: new Date(now + 60_000),
      MetricDataQueries: Metrics.map((Metric, index) => ({
        Id: `m${index}`,
        Label: Metric.MetricName,
        MetricStat: { Metric, Period: 7200, Stat: "Sum" },
      })),
    }),
  );
  return Object.fromEntries(MetricDataResults.map(({ Label = "", Values = [] }) => [Label, Values[0]]));
};
