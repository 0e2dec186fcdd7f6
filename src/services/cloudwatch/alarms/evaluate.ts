import { evaluateQuery } from "../math/evaluate.ts";
import { sourceOf } from "../math/source.ts";
import type { MetricAlarmRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { changeState, reasonDataOf } from "./change.ts";
import { judge, type Period } from "./verdict.ts";

/** AWS looks further back than an alarm evaluates, so that late datapoints still count. */
const EXTRA_PERIODS = 2;

/** An alarm's period, in seconds. */
export const periodOf = ({ queries }: Pick<MetricAlarmRecord, "queries">): number =>
  Math.max(1, ...queries.map(({ metric, period }) => metric?.period ?? period ?? 1));

/** Looks at one metric alarm as of a time, and moves it to the state it should have. */
export const evaluateAlarm = (room: Room, alarm: MetricAlarmRecord, at: number): void => {
  const period = periodOf(alarm);
  const count = alarm.evaluationPeriods + EXTRA_PERIODS;
  const start = at - count * period * 1000;
  const values = valuesOf(room, alarm, start, at);
  const periods = Array.from({ length: count }, (_, index): Period => {
    const begin = start + index * period * 1000;
    return { at: begin, value: values.get(begin) };
  });
  const verdict = judge(alarm, periods);
  if (!verdict || verdict.state === alarm.state) return;
  const real = verdict.evaluated.filter(({ value }) => value !== undefined).reverse();
  changeState(room, alarm, {
    state: verdict.state,
    reason: verdict.reason,
    at,
    reasonData: reasonDataOf({
      at,
      startAt: real[0]?.at,
      statistic: alarm.statistic ?? alarm.extendedStatistic,
      unit: alarm.isSingle ? alarm.queries[0]?.metric?.unit : undefined,
      period,
      recent: real.flatMap(({ value }) => (value === undefined ? [] : [value])),
      threshold: alarm.threshold,
      evaluated: verdict.evaluated,
    }),
  });
};

const valuesOf = (room: Room, alarm: MetricAlarmRecord, start: number, end: number): ReadonlyMap<number, number> => {
  const query = alarm.queries.find(({ returnData }) => returnData);
  if (!query) return new Map();
  const source = sourceOf(room, start, end);
  if (query.metric) return source.read(query.metric, "").points;
  return evaluateQuery(alarm.queries, query.id, source)[0]?.points ?? new Map();
};
