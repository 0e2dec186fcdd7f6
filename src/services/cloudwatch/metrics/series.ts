import { CELLS_BETWEEN_FOLDS, RETENTION_MS } from "../limits.ts";
import type { Dimension, SeriesRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { type Cell, fromStored, merge, toStored } from "./cell.ts";

type Store = Pick<Room, "series" | "cells" | "ids" | "clock">;

/** What names one metric. */
export interface MetricName {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: readonly Dimension[];
}

/** Dimensions are a set: their order does not count. */
export const ordered = (dimensions: readonly Dimension[]): readonly Dimension[] =>
  [...dimensions].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));

const keyOf = ({ namespace, name, dimensions }: MetricName): readonly string[] => [
  namespace,
  name,
  JSON.stringify(ordered(dimensions).map((each) => [each.name, each.value])),
];

export const findSeries = ({ series }: Pick<Room, "series">, metric: MetricName): SeriesRecord | undefined =>
  series.get(keyOf(metric));

/** One addition to a metric. */
export interface Addition {
  readonly at: number;
  readonly unit: string;
  readonly cell: Cell;
  /** Kept by the second as well as by the minute. */
  readonly isHighResolution: boolean;
}

/** Adds to a metric, which begins to exist with its first datapoint. */
export const add = (room: Store, metric: MetricName, { at, unit, cell, isHighResolution }: Addition): void => {
  const key = keyOf(metric);
  const known = room.series.get(key) ?? newSeries(room, metric);
  const begun = addCell(room, known.id, 60, at, unit, cell);
  if (isHighResolution) addCell(room, known.id, 1, at, unit, cell);
  if (!begun && at <= known.lastAt && room.series.has(key)) return;
  const series = { ...known, lastAt: Math.max(known.lastAt, at), cells: known.cells + Number(begun) };
  room.series.put(key, series);
  if (begun && series.cells % CELLS_BETWEEN_FOLDS === 0) fold(room, series.id);
};

const newSeries = ({ ids }: Pick<Room, "ids">, { namespace, name, dimensions }: MetricName): SeriesRecord => ({
  id: ids.lower(12),
  namespace,
  name,
  dimensions: ordered(dimensions),
  lastAt: 0,
  cells: 0,
});

/** Adds to a cell; true when there was none yet. */
const addCell = (
  { cells }: Pick<Room, "cells">,
  id: string,
  seconds: number,
  at: number,
  unit: string,
  cell: Cell,
): boolean => {
  const key = [id, seconds, beginOf(at, seconds), unit];
  const known = cells.get(key);
  cells.put(key, toStored(known ? merge(fromStored(known), cell) : cell));
  return known === undefined;
};

const beginOf = (at: number, seconds: number): number => Math.floor(at / (seconds * 1000)) * seconds * 1000;

const FOLDS = [
  [1, undefined],
  [60, 300],
  [300, 3600],
  [3600, undefined],
] as const;

/** AWS: minutes become five minutes after 15 days, hours after 63, and end after 455. Seconds end after three hours. */
const fold = (room: Store, id: string): void => {
  const now = room.clock.now();
  for (const [seconds, wider] of FOLDS) {
    const old = { prefix: [id, seconds], lt: [id, seconds, now - RETENTION_MS[seconds]] };
    if (wider !== undefined) {
      for (const { key, value } of room.cells.range(old)) {
        const { begin, unit } = placeOf(key);
        addCell(room, id, wider, begin, unit, fromStored(value));
      }
    }
    room.cells.clear(old);
  }
};

const placeOf = (key: unknown): { readonly begin: number; readonly unit: string } => {
  const [, , begin, unit] = Array.isArray(key) ? key : [];
  return { begin: typeof begin === "number" ? begin : 0, unit: typeof unit === "string" ? unit : "None" };
};

/** A metric within a period. */
export interface Datapoint {
  readonly at: number;
  readonly unit: string;
  readonly cell: Cell;
}

/** Whether a minute's seconds were told already, once they are noted. */
const isKnownFiner = (fine: Set<string>, { begin, unit }: ReturnType<typeof placeOf>, seconds: number): boolean => {
  const minute = `${beginOf(begin, 60)} ${unit}`;
  if (seconds > 1) return fine.has(minute);
  fine.add(minute);
  return false;
};

/** Which part of a metric to read. Times are milliseconds; `start` is included, `end` not; periods are laid from `start`. */
export interface Window {
  readonly start: number;
  readonly end: number;
  readonly periodSeconds: number;
  readonly unit?: string | undefined;
}

/** A metric's datapoints in order of time, one for each period and unit that has data. */
export const datapoints = ({ cells }: Pick<Room, "cells">, id: string, window: Window): readonly Datapoint[] => {
  const { start, end, periodSeconds, unit } = window;
  const found = new Map<string, Datapoint>();
  // AWS: what was not published in high resolution stands at the begin of its minute, however short the period.
  const fine = new Set<string>();
  for (const seconds of periodSeconds < 60 ? [1, 60] : [3600, 300, 60]) {
    for (const { key, value } of cells.range({
      prefix: [id, seconds],
      gte: [id, seconds, start],
      lt: [id, seconds, end],
    })) {
      const place = placeOf(key);
      if (unit !== undefined && place.unit !== unit) continue;
      if (periodSeconds < 60 && isKnownFiner(fine, place, seconds)) continue;
      const at = start + Math.floor((place.begin - start) / (periodSeconds * 1000)) * periodSeconds * 1000;
      const known = found.get(`${at} ${place.unit}`);
      const cell = fromStored(value);
      found.set(`${at} ${place.unit}`, { at, unit: place.unit, cell: known ? merge(known.cell, cell) : cell });
    }
  }
  return [...found.values()].sort((a, b) => a.at - b.at);
};
