import { valueIn } from "../filterPattern/extract.ts";
import type { LogEvent, MetricFilterRecord, TransformationRecord } from "../records.ts";
import type { Room } from "../room.ts";
import type { Compiled } from "./filters.ts";
import { recordMetric } from "./series.ts";

/** Records what a filter makes of events. AWS: the default counts where events came and none of them matched. */
export const recordFiltered = (
  room: Room,
  { record, matches }: Compiled<MetricFilterRecord>,
  events: readonly LogEvent[],
): void => {
  const found = events.filter(([, message]) => matches(message));
  const [first] = events;
  for (const transformation of record.transformations) {
    const { metricName: name, metricNamespace: namespace, unit = "None", defaultValue } = transformation;
    for (const [at, message] of found) {
      const value = Number(valueOrSelected(record.pattern, message, transformation.metricValue));
      const dimensions = dimensionsOf(record.pattern, message, transformation);
      // AWS: an event that lacks a dimension's value is no datapoint.
      if (dimensions) recordMetric(room, { namespace, name, unit, dimensions }, value, at);
    }
    if (found.length === 0 && defaultValue !== undefined && first)
      recordMetric(room, { namespace, name, unit, dimensions: [] }, defaultValue, first[0]);
  }
};

const valueOrSelected = (pattern: string, message: string, value: string): string =>
  value.startsWith("$") ? (valueIn(pattern, message, value) ?? "NaN") : value;

const dimensionsOf = (pattern: string, message: string, { dimensions = {} }: TransformationRecord) => {
  const found = Object.entries(dimensions).flatMap(([name, selector]) => {
    const value = valueIn(pattern, message, selector);
    return value === undefined ? [] : [{ name, value }];
  });
  return found.length === Object.keys(dimensions).length ? found : undefined;
};
