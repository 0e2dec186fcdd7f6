import { datapoints, findSeries } from "../metrics/series.ts";
import { statisticOf } from "../metrics/statistic.ts";
import type { QueriedMetric } from "../records.ts";
import type { Room } from "../room.ts";
import type { MathSource } from "./evaluate.ts";
import type { Series } from "./values.ts";

/** Reads the metrics of a span of time for metric math; `origin` is where periods are laid from. */
export const sourceOf = (room: Pick<Room, "series" | "cells">, start: number, end: number): MathSource => {
  const known = new Map<QueriedMetric, Series>();
  return {
    read: (metric, label) => {
      const read = known.get(metric) ?? readMetric(room, metric, label, start, end);
      known.set(metric, read);
      return read;
    },
    times: (periodSeconds) => {
      const step = periodSeconds * 1000;
      return Array.from({ length: Math.max(0, Math.ceil((end - start) / step)) }, (_, index) => start + index * step);
    },
  };
};

const readMetric = (
  room: Pick<Room, "series" | "cells">,
  metric: QueriedMetric,
  label: string,
  start: number,
  end: number,
): Series => {
  const series = findSeries(room, metric);
  const statistic = statisticOf(metric.stat);
  const points = new Map<number, number>();
  const units = new Set<string>();
  const window = { start, end, periodSeconds: metric.period, unit: metric.unit };
  for (const { at, unit, cell } of series && statistic ? datapoints(room, series.id, window) : []) {
    const value = statistic?.(cell);
    // Where a metric was published under two units and none is asked for, the first counts.
    if (value !== undefined && !points.has(at)) points.set(at, value);
    units.add(unit);
  }
  const several = units.size > 1 ? { units: [...units].sort() } : {};
  return { kind: "series", label, periodSeconds: metric.period, points, ...several };
};
