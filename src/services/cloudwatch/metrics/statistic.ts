import type { Cell } from "./cell.ts";

/** A statistic, ready to be taken of cells; undefined where a cell cannot tell. */
export type Statistic = (cell: Cell) => number | undefined;

const SIMPLE: Readonly<Record<string, Statistic>> = {
  SampleCount: ({ count }) => count,
  Sum: ({ sum }) => sum,
  Average: ({ sum, count }) => sum / count,
  Minimum: ({ min }) => min,
  Maximum: ({ max }) => max,
  IQM: (cell) => trimmed(cell, { from: 25, to: 75, by: "percent" }, "TM"),
};

const SHORT = /^(p|tm|tc|ts|wm)(\d{1,2}(?:\.\d{0,10})?|100)$/i;
const LONG = /^(TM|WM|PR|TC|TS)\(([^:]*):([^:]*)\)$/i;

/**
 * The statistic of that name, or undefined when there is none: the five simple ones, percentiles, trimmed and winsorized
 * means, trimmed counts and sums, percentile ranks, IQM.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
 */
export const statisticOf = (name: string): Statistic | undefined => {
  if (Object.hasOwn(SIMPLE, name)) return SIMPLE[name];
  const [, kind = "", percent] = SHORT.exec(name) ?? [];
  if (percent !== undefined) {
    const to = Number(percent);
    return kind.toLowerCase() === "p"
      ? (cell) => percentile(cell, to)
      : (cell) => trimmed(cell, { from: 0, to, by: "percent" }, kind.toUpperCase());
  }
  const [, long = "", from = "", to = ""] = LONG.exec(name) ?? [];
  const bounds = long === "" ? undefined : boundsOf(from, to);
  if (!bounds || (long.toUpperCase() === "PR" && bounds.by === "percent")) return undefined;
  return (cell) => trimmed(cell, bounds, long.toUpperCase());
};

interface Bounds {
  readonly from: number;
  readonly to: number;
  readonly by: "percent" | "value";
}

const boundsOf = (from: string, to: string): Bounds | undefined => {
  if (from === "" && to === "") return undefined;
  const isPercent = from.endsWith("%") || to.endsWith("%");
  if (isPercent && ![from, to].every((text) => text === "" || text.endsWith("%"))) return undefined;
  const number = (text: string, otherwise: number) => (text === "" ? otherwise : Number(text.replace(/%$/, "")));
  const bounds = isPercent
    ? { from: number(from, 0), to: number(to, 100), by: "percent" as const }
    : { from: number(from, Number.NEGATIVE_INFINITY), to: number(to, Number.POSITIVE_INFINITY), by: "value" as const };
  return Number.isNaN(bounds.from) || Number.isNaN(bounds.to) ? undefined : bounds;
};

/** AWS: statistic sets tell no percentiles, unless all of their values are the same. */
const sortedValues = ({ values, count, min, max }: Cell): readonly (readonly [number, number])[] | undefined => {
  if (values) return [...values].sort(([a], [b]) => a - b);
  return count === 1 || min === max ? [[min, count]] : undefined;
};

/** The value below which so many percent lie, between neighbours in proportion. */
const percentile = (cell: Cell, percent: number): number | undefined => {
  const sorted = sortedValues(cell);
  if (!sorted) return undefined;
  const rank = (percent / 100) * (cell.count - 1);
  const at = (index: number): number => {
    let seen = 0;
    for (const [value, times] of sorted) {
      seen += times;
      if (index < seen) return value;
    }
    return cell.max;
  };
  const low = at(Math.floor(rank));
  const high = at(Math.ceil(rank));
  return low + (high - low) * (rank - Math.floor(rank));
};

const trimmed = (cell: Cell, { from, to, by }: Bounds, kind: string): number | undefined => {
  const sorted = sortedValues(cell);
  if (!sorted) return undefined;
  const low = by === "value" ? from : (percentile(cell, from) ?? cell.min);
  const high = by === "value" ? to : (percentile(cell, to) ?? cell.max);
  const clamp = (value: number) => Math.min(Math.max(value, low), high);
  if (kind === "WM") return meanOf(sorted.map(([value, times]) => [clamp(value), times] as const));
  // AWS: the lower bound is exclusive, except where nothing is below it.
  const inside = sorted.filter(([value]) => value <= high && (value > low || (by === "percent" && from === 0)));
  const count = inside.reduce((all, [, times]) => all + times, 0);
  if (kind === "TC") return count;
  if (kind === "PR") return (100 * count) / cell.count;
  if (kind === "TS") return inside.reduce((all, [value, times]) => all + value * times, 0);
  return meanOf(inside);
};

const meanOf = (values: readonly (readonly [number, number])[]): number | undefined => {
  const count = values.reduce((all, [, times]) => all + times, 0);
  return count === 0 ? undefined : values.reduce((all, [value, times]) => all + value * times, 0) / count;
};
