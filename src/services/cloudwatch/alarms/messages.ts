import { isJsonObject, type JsonValue } from "../../../kernel/json.ts";
import type { AlarmRecord, MetricAlarmRecord, MetricQuery } from "../records.ts";
import type { Room } from "../room.ts";
import { configurationDetail, stateDetail } from "./events.ts";
import { parsedReason, timeText } from "./history.ts";

/** AWS names regions to people; what is not here is named by its code. */
const REGIONS: Readonly<Record<string, string>> = {
  "us-east-1": "US East (N. Virginia)",
  "us-east-2": "US East (Ohio)",
  "us-west-1": "US West (N. California)",
  "us-west-2": "US West (Oregon)",
  "ca-central-1": "Canada (Central)",
  "eu-central-1": "EU (Frankfurt)",
  "eu-north-1": "EU (Stockholm)",
  "eu-west-1": "EU (Ireland)",
  "eu-west-2": "EU (London)",
  "eu-west-3": "EU (Paris)",
  "ap-northeast-1": "Asia Pacific (Tokyo)",
  "ap-northeast-2": "Asia Pacific (Seoul)",
  "ap-south-1": "Asia Pacific (Mumbai)",
  "ap-southeast-1": "Asia Pacific (Singapore)",
  "ap-southeast-2": "Asia Pacific (Sydney)",
  "sa-east-1": "South America (Sao Paulo)",
};

const regionName = ({ region }: Pick<Room, "region">): string => REGIONS[region] ?? region;

const MAX_SUBJECT_LENGTH = 100;

export const snsSubject = (room: Room, { state, name }: AlarmRecord): string =>
  `${state}: "${name}" in ${regionName(room)}`.slice(0, MAX_SUBJECT_LENGTH);

/** What a topic is told, in AWS's spelling. */
export const snsMessage = (room: Room, before: AlarmRecord, after: AlarmRecord) => ({
  AlarmName: after.name,
  AlarmDescription: after.description ?? null,
  AWSAccountId: room.account,
  AlarmConfigurationUpdatedTimestamp: timeText(after.configuredAt),
  NewStateValue: after.state,
  NewStateReason: after.stateReason,
  StateChangeTime: timeText(after.stateUpdatedAt),
  Region: regionName(room),
  AlarmArn: after.arn,
  OldStateValue: before.state,
  OKActions: after.okActions,
  AlarmActions: after.alarmActions,
  InsufficientDataActions: after.insufficientDataActions,
  ...(after.kind === "composite"
    ? { AlarmRule: after.rule, TriggeringChildren: triggeringChildren(after) }
    : { Trigger: trigger(after) }),
});

/** The alarms that moved a composite one, as its reason has them; none when a caller set its state. */
const triggeringChildren = ({ stateReasonData }: AlarmRecord): JsonValue[] => {
  const data = parsedReason(stateReasonData ?? "{}");
  const alarms = isJsonObject(data) ? data["triggeringAlarms"] : undefined;
  if (!Array.isArray(alarms)) return [];
  return alarms.filter(isJsonObject).map(({ arn, state }) => ({
    Arn: arn ?? null,
    State: isJsonObject(state) ? { Value: state["value"] ?? null, Timestamp: state["timestamp"] ?? null } : {},
  }));
};

const trigger = (alarm: MetricAlarmRecord) => {
  const [query] = alarm.queries;
  const terms = {
    EvaluationPeriods: alarm.evaluationPeriods,
    ...(alarm.datapointsToAlarm === undefined ? {} : { DatapointsToAlarm: alarm.datapointsToAlarm }),
    ComparisonOperator: alarm.comparison,
    Threshold: alarm.threshold,
    TreatMissingData: alarm.treatMissingData ?? "missing",
    EvaluateLowSampleCountPercentile: alarm.evaluateLowSampleCountPercentile ?? "",
  };
  if (!alarm.isSingle || !query?.metric) return { ...terms, Metrics: alarm.queries.map(mathTrigger) };
  const { metric } = query;
  return {
    MetricName: metric.name,
    Namespace: metric.namespace,
    StatisticType: alarm.extendedStatistic === undefined ? "Statistic" : "ExtendedStatistic",
    ...(alarm.extendedStatistic === undefined
      ? { Statistic: statisticWord(alarm.statistic ?? "") }
      : { ExtendedStatistic: alarm.extendedStatistic }),
    Unit: metric.unit ?? null,
    Dimensions: metric.dimensions.map(({ name, value }) => ({ value, name })),
    Period: metric.period,
    ...terms,
  };
};

/** `SampleCount` is `SAMPLE_COUNT` here. */
const statisticWord = (statistic: string): string => statistic.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();

const mathTrigger = ({ id, expression, label, returnData, metric }: MetricQuery) => ({
  ...(expression === undefined ? {} : { Expression: expression }),
  Id: id,
  ...(label === undefined ? {} : { Label: label }),
  ...(metric === undefined
    ? {}
    : {
        MetricStat: {
          Metric: {
            Dimensions: metric.dimensions.map(({ name, value }) => ({ value, name })),
            MetricName: metric.name,
            Namespace: metric.namespace,
          },
          Period: metric.period,
          Stat: metric.stat,
          ...(metric.unit === undefined ? {} : { Unit: metric.unit }),
        },
      }),
  ReturnData: returnData,
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html */
export const lambdaPayload = (room: Room, before: AlarmRecord, after: AlarmRecord) => ({
  source: "aws.cloudwatch",
  alarmArn: after.arn,
  accountId: room.account,
  time: timeText(after.stateUpdatedAt),
  region: room.region,
  alarmData: {
    alarmName: after.name,
    state: stateDetail(after),
    previousState: stateDetail(before),
    configuration: configurationDetail(after),
  },
});
