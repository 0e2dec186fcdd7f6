import type { JsonObject, JsonValue } from "../../../kernel/json.ts";
import type { AlarmRecord, MetricQuery } from "../records.ts";
import type { Room } from "../room.ts";
import { timeText } from "./history.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html */
export const emitStateChange = (room: Room, before: AlarmRecord, after: AlarmRecord): void =>
  emit(room, after, "CloudWatch Alarm State Change", {
    alarmName: after.name,
    state: stateDetail(after),
    previousState: stateDetail(before),
    configuration: configurationDetail(after),
    ...(after.kind === "composite" && after.suppressedBy !== undefined
      ? { muteDetail: { mutedBy: after.suppressedBy } }
      : {}),
  });

export const emitConfigurationChange = (
  room: Room,
  operation: "create" | "update" | "delete",
  alarm: AlarmRecord,
  previous?: AlarmRecord,
): void =>
  emit(room, alarm, "CloudWatch Alarm Configuration Change", {
    alarmName: alarm.name,
    operation,
    state: { value: alarm.state, timestamp: timeText(alarm.stateUpdatedAt) },
    configuration: fullConfiguration(alarm),
    ...(previous ? { previousConfiguration: fullConfiguration(previous) } : {}),
  });

const emit = (room: Room, alarm: AlarmRecord, detailType: string, detail: JsonObject): void =>
  room.tasks.spawn(`tell of the alarm ${alarm.name}`, async () => {
    await room.records.committed();
    room.events.emit({
      id: room.ids.uuid(),
      time: alarm.stateUpdatedAt,
      source: "aws.cloudwatch",
      detailType,
      account: room.account,
      region: room.region,
      resources: [alarm.arn],
      detail,
    });
  });

/** A state as events and functions are told of it. */
export const stateDetail = ({ state, stateReason, stateReasonData, stateUpdatedAt }: AlarmRecord): JsonObject => ({
  value: state,
  reason: stateReason,
  ...(stateReasonData === undefined ? {} : { reasonData: stateReasonData }),
  timestamp: timeText(stateUpdatedAt),
});

/** What an alarm looks at, as events and functions are told of it. */
export const configurationDetail = (alarm: AlarmRecord): JsonObject => ({
  ...(alarm.description === undefined ? {} : { description: alarm.description }),
  ...(alarm.kind === "composite"
    ? { alarmRule: alarm.rule, ...(alarm.suppressor ? { actionsSuppressor: alarm.suppressor.alarm } : {}) }
    : { metrics: alarm.queries.map((query) => queryDetail(query, alarm.arn)) }),
});

const queryDetail = ({ id, expression, label, returnData, metric }: MetricQuery, arn: string): JsonObject => ({
  // A single metric's alarm has no id of its own for it.
  id: id === "" ? idFrom(arn) : id,
  ...(metric === undefined
    ? {}
    : {
        metricStat: {
          metric: {
            namespace: metric.namespace,
            name: metric.name,
            dimensions: Object.fromEntries(metric.dimensions.map(({ name, value }) => [name, value])),
          },
          period: metric.period,
          stat: metric.stat,
          ...(metric.unit === undefined ? {} : { unit: metric.unit }),
        },
      }),
  ...(expression === undefined ? {} : { expression }),
  ...(label === undefined ? {} : { label }),
  returnData,
});

/** AWS makes up an id; here it is the same for the same alarm. */
const idFrom = (arn: string): string => {
  const hex = Buffer.from(arn).toString("hex").padEnd(32, "0").slice(-32);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
};

const fullConfiguration = (alarm: AlarmRecord): JsonObject => {
  return {
    ...(alarm.kind === "metric" ? termsOf(alarm) : {}),
    ...configurationDetail(alarm),
    alarmName: alarm.name,
    actionsEnabled: alarm.actionsEnabled,
    timestamp: timeText(alarm.configuredAt),
    okActions: [...alarm.okActions],
    alarmActions: [...alarm.alarmActions],
    insufficientDataActions: [...alarm.insufficientDataActions],
  };
};

const termsOf = (alarm: Extract<AlarmRecord, { kind: "metric" }>): Record<string, JsonValue> => ({
  evaluationPeriods: alarm.evaluationPeriods,
  threshold: alarm.threshold,
  comparisonOperator: alarm.comparison,
  treatMissingData: alarm.treatMissingData ?? "missing",
  ...(alarm.datapointsToAlarm === undefined ? {} : { datapointsToAlarm: alarm.datapointsToAlarm }),
});
