/** Values by time, in milliseconds; in order of time. */
export type Points = ReadonlyMap<number, number>;

/** A time series of metric math. */
export interface Series {
  readonly kind: "series";
  readonly label: string;
  readonly periodSeconds: number;
  readonly points: Points;
  /** The units of a metric that was published under several, where none was asked for. */
  readonly units?: readonly string[];
}

export type Value =
  | Series
  | { readonly kind: "scalar"; readonly value: number }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "many"; readonly series: readonly Series[] };

export const scalar = (value: number): Value => ({ kind: "scalar", value });

/** The same series with other values; what becomes no number is left out. */
export const mapPoints = (series: Series, change: (value: number, at: number) => number | undefined): Series => {
  const points = new Map<number, number>();
  for (const [at, value] of series.points) {
    const changed = change(value, at);
    if (changed !== undefined && Number.isFinite(changed)) points.set(at, changed);
  }
  return { ...series, points };
};

/** Two series time by time; only where both have a value. */
export const zip = (a: Series, b: Series, join: (left: number, right: number) => number): Series =>
  mapPoints({ ...a, periodSeconds: Math.max(a.periodSeconds, b.periodSeconds) }, (value, at) => {
    const other = b.points.get(at);
    return other === undefined ? undefined : join(value, other);
  });

/** Several series as one: what `fold` makes of the values that they have at each time. */
export const across = (
  series: readonly Series[],
  label: string,
  fold: (values: readonly number[]) => number,
): Series => {
  const columns = new Map<number, number[]>();
  for (const { points } of series) {
    for (const [at, value] of points) {
      const column = columns.get(at);
      if (column) column.push(value);
      else columns.set(at, [value]);
    }
  }
  const points = new Map([...columns].sort(([a], [b]) => a - b).map(([at, values]) => [at, fold(values)]));
  return { kind: "series", label, periodSeconds: Math.max(60, ...series.map((each) => each.periodSeconds)), points };
};
