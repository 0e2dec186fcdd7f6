import type { Output } from "../../api/call.ts";
import { duration } from "../../parts/time.tsx";

export type MetricAlarm = NonNullable<Output<"cloudwatch", "DescribeAlarms">["MetricAlarms"]>[number];

export const STATES = ["OK", "ALARM", "INSUFFICIENT_DATA"] as const;

const COMPARISONS: Readonly<Record<string, string>> = {
  GreaterThanOrEqualToThreshold: "≥",
  GreaterThanThreshold: ">",
  LessThanThreshold: "<",
  LessThanOrEqualToThreshold: "≤",
};

/** `Errors (Sum) ≥ 1 for 1 of 1 periods of 1 min` */
export const conditionOf = (alarm: MetricAlarm): string => {
  const { MetricName, Metrics, Statistic, ExtendedStatistic, Period = 60, EvaluationPeriods = 1 } = alarm;
  const metric = MetricName
    ? `${MetricName} (${Statistic ?? ExtendedStatistic})`
    : (Metrics?.[0]?.Expression ?? "metric");
  const comparison = COMPARISONS[alarm.ComparisonOperator ?? ""] ?? alarm.ComparisonOperator;
  const datapoints = alarm.DatapointsToAlarm ?? EvaluationPeriods;
  return `${metric} ${comparison} ${alarm.Threshold} for ${datapoints} of ${EvaluationPeriods} periods of ${duration(Period * 1000)}`;
};
