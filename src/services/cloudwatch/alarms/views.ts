import type { MetricAlarm, Statistic } from "@aws-sdk/client-cloudwatch";
import { queryView } from "../math/queries.ts";
import type { AlarmRecord, CompositeAlarmRecord, MetricAlarmRecord } from "../records.ts";
import { dimensionsView, unitView } from "../views.ts";

const commonView = (alarm: AlarmRecord) => ({
  AlarmName: alarm.name,
  AlarmArn: alarm.arn,
  ...(alarm.description === undefined ? {} : { AlarmDescription: alarm.description }),
  AlarmConfigurationUpdatedTimestamp: new Date(alarm.configuredAt),
  ActionsEnabled: alarm.actionsEnabled,
  OKActions: [...alarm.okActions],
  AlarmActions: [...alarm.alarmActions],
  InsufficientDataActions: [...alarm.insufficientDataActions],
  StateValue: alarm.state,
  StateReason: alarm.stateReason,
  ...(alarm.stateReasonData === undefined ? {} : { StateReasonData: alarm.stateReasonData }),
  StateUpdatedTimestamp: new Date(alarm.stateUpdatedAt),
  StateTransitionedTimestamp: new Date(alarm.stateChangedAt),
});

const STATISTICS: Readonly<Record<string, Statistic>> = {
  SampleCount: "SampleCount",
  Average: "Average",
  Sum: "Sum",
  Minimum: "Minimum",
  Maximum: "Maximum",
};

export const metricAlarmView = (alarm: MetricAlarmRecord): MetricAlarm => ({
  ...commonView(alarm),
  ...(alarm.isSingle ? singleView(alarm) : { Metrics: alarm.queries.map(queryView) }),
  EvaluationPeriods: alarm.evaluationPeriods,
  ...(alarm.datapointsToAlarm === undefined ? {} : { DatapointsToAlarm: alarm.datapointsToAlarm }),
  Threshold: alarm.threshold,
  ComparisonOperator: alarm.comparison,
  ...(alarm.treatMissingData === undefined ? {} : { TreatMissingData: alarm.treatMissingData }),
  ...(alarm.evaluateLowSampleCountPercentile === undefined
    ? {}
    : { EvaluateLowSampleCountPercentile: alarm.evaluateLowSampleCountPercentile }),
});

const singleView = ({ queries: [query], statistic, extendedStatistic }: MetricAlarmRecord) => {
  const metric = query?.metric;
  if (!metric) return {};
  return {
    MetricName: metric.name,
    Namespace: metric.namespace,
    ...(statistic === undefined ? {} : { Statistic: STATISTICS[statistic] }),
    ...(extendedStatistic === undefined ? {} : { ExtendedStatistic: extendedStatistic }),
    Dimensions: dimensionsView(metric.dimensions),
    Period: metric.period,
    ...(metric.unit === undefined ? {} : { Unit: unitView(metric.unit) }),
  };
};

export const compositeAlarmView = (alarm: CompositeAlarmRecord) => ({
  ...commonView(alarm),
  AlarmRule: alarm.rule,
  ...(alarm.suppressor
    ? {
        ActionsSuppressor: alarm.suppressor.alarm,
        ActionsSuppressorWaitPeriod: alarm.suppressor.waitSeconds,
        ActionsSuppressorExtensionPeriod: alarm.suppressor.extensionSeconds,
      }
    : {}),
  ...(alarm.suppressedBy === undefined
    ? {}
    : { ActionsSuppressedBy: alarm.suppressedBy, ActionsSuppressedReason: alarm.suppressedReason }),
});
