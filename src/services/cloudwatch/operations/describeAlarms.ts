import type { AwsModels, InputOf } from "../../../kernel/aws.ts";
import { alarmNameIn } from "../alarms/composite.ts";
import { alarmsIn, parseRule } from "../alarms/rule.ts";
import { compositeAlarmView, metricAlarmView } from "../alarms/views.ts";
import { catchUp } from "../alarms/watch.ts";
import { noAlarm, validationError } from "../errors.ts";
import { ALARMS_PER_PAGE } from "../limits.ts";
import { ordered } from "../metrics/series.ts";
import { page } from "../paging.ts";
import type { AlarmRecord, CompositeAlarmRecord, MetricAlarmRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { dimensionsOf } from "../views.ts";

type Input = InputOf<AwsModels["cloudwatch"], "DescribeAlarms">;

export const describeAlarms =
  (room: Room): Operation<"DescribeAlarms"> =>
  async (_ctx, input) => {
    catchUp(room);
    if (input.AlarmNames !== undefined && input.AlarmNamePrefix !== undefined)
      throw validationError("AlarmNamePrefix and AlarmNames cannot be used together.");
    const { items, nextToken } = page(
      matching(room, input),
      ({ name }) => name,
      input.NextToken,
      input.MaxRecords ?? ALARMS_PER_PAGE,
    );
    return {
      MetricAlarms: items.filter(isMetric).map(metricAlarmView),
      CompositeAlarms: items.filter(isComposite).map(compositeAlarmView),
      ...(nextToken === undefined ? {} : { NextToken: nextToken }),
    };
  };

const isMetric = (alarm: AlarmRecord): alarm is MetricAlarmRecord => alarm.kind === "metric";
const isComposite = (alarm: AlarmRecord): alarm is CompositeAlarmRecord => alarm.kind === "composite";

const matching = (room: Room, input: Input): readonly AlarmRecord[] => {
  const { AlarmNames, AlarmNamePrefix = "", AlarmTypes, StateValue, ActionPrefix } = input;
  const children = input.ChildrenOfAlarmName === undefined ? undefined : childrenOf(room, input.ChildrenOfAlarmName);
  const parents = input.ParentsOfAlarmName === undefined ? undefined : parentsOf(room, input.ParentsOfAlarmName);
  // AWS: without types, only metric alarms are answered; relations are asked across both.
  const types: readonly string[] =
    AlarmTypes ?? (children || parents ? ["MetricAlarm", "CompositeAlarm"] : ["MetricAlarm"]);
  return [...candidates(room, AlarmNames)].filter(
    (alarm) =>
      types.includes(alarm.kind === "metric" ? "MetricAlarm" : "CompositeAlarm") &&
      alarm.name.startsWith(AlarmNamePrefix) &&
      (StateValue === undefined || alarm.state === StateValue) &&
      (ActionPrefix === undefined || actionsOf(alarm).some((action) => action.startsWith(ActionPrefix))) &&
      (!children || children.has(alarm.name)) &&
      (!parents || parents.has(alarm.name)),
  );
};

const actionsOf = ({ okActions, alarmActions, insufficientDataActions }: AlarmRecord) => [
  ...okActions,
  ...alarmActions,
  ...insufficientDataActions,
];

function* candidates({ alarms }: Pick<Room, "alarms">, names: readonly string[] | undefined): Generator<AlarmRecord> {
  if (names === undefined) {
    for (const { value } of alarms.range()) yield value;
    return;
  }
  for (const name of [...new Set(names)].sort()) {
    const alarm = alarms.get(name);
    if (alarm) yield alarm;
  }
}

const childrenOf = (room: Room, name: string): ReadonlySet<string> => {
  const alarm = room.alarms.get(name);
  if (!alarm) throw noAlarm();
  return new Set(alarm.kind === "composite" ? alarmsIn(parseRule(alarm.rule)).map(alarmNameIn) : []);
};

const parentsOf = (room: Room, name: string): ReadonlySet<string> =>
  new Set(
    [...room.alarms.range()].flatMap(({ value }) =>
      value.kind === "composite" && alarmsIn(parseRule(value.rule)).map(alarmNameIn).includes(name) ? [value.name] : [],
    ),
  );

export const describeAlarmsForMetric =
  (room: Room): Operation<"DescribeAlarmsForMetric"> =>
  async (_ctx, input) => {
    catchUp(room);
    const wanted = JSON.stringify(ordered(dimensionsOf(input.Dimensions)));
    const alarms = [...room.alarms.range()].map(({ value }) => value).filter(isMetric);
    return {
      MetricAlarms: alarms
        .filter(({ queries, statistic, extendedStatistic }) =>
          queries.some(
            ({ metric }) =>
              metric?.namespace === input.Namespace &&
              metric.name === input.MetricName &&
              JSON.stringify(ordered(metric.dimensions)) === wanted &&
              (input.Period === undefined || metric.period === input.Period) &&
              (input.Unit === undefined || metric.unit === input.Unit) &&
              (input.Statistic === undefined || statistic === input.Statistic) &&
              (input.ExtendedStatistic === undefined || extendedStatistic === input.ExtendedStatistic),
          ),
        )
        .map(metricAlarmView),
    };
  };
