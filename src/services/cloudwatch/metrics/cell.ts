/** What is known of a metric within one span of time, additive: cells of neighbouring spans make one of both. */
export interface Cell {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  /** Values and how often each came, for percentiles; undefined where only statistics were published. */
  readonly values: ReadonlyMap<number, number> | undefined;
}

/** `[count, sum, min, max, values]`; the values are a flat list of pairs, 0 when unknown, absent when there is one. */
export type StoredCell = readonly [number, number, number, number, (readonly number[] | 0)?];

/** Values of a cell that are told apart; beyond, they are kept to three digits, as AWS buckets them too. */
const MAX_VALUES = 500;
const DIGITS = 3;
/** Beyond even that, to two: at most ninety to each power of ten. */
const FEWER_DIGITS = 2;

export const cellOf = (values: ReadonlyMap<number, number>): Cell => {
  let [count, sum, min, max] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [value, times] of values) {
    count += times;
    sum += value * times;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return { count, sum, min, max, values };
};

export const merge = (a: Cell, b: Cell): Cell => ({
  count: a.count + b.count,
  sum: a.sum + b.sum,
  min: Math.min(a.min, b.min),
  max: Math.max(a.max, b.max),
  values: a.values && b.values && mergeValues(a.values, b.values),
});

const mergeValues = (a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): ReadonlyMap<number, number> => {
  const all = new Map(a);
  for (const [value, times] of b) all.set(value, (all.get(value) ?? 0) + times);
  if (all.size <= MAX_VALUES) return all;
  const rounded = roundedTo(all, DIGITS);
  return rounded.size <= MAX_VALUES ? rounded : roundedTo(all, FEWER_DIGITS);
};

const roundedTo = (values: ReadonlyMap<number, number>, digits: number): ReadonlyMap<number, number> => {
  const rounded = new Map<number, number>();
  for (const [value, times] of values) {
    const key = Number(value.toPrecision(digits));
    rounded.set(key, (rounded.get(key) ?? 0) + times);
  }
  return rounded;
};

export const toStored = ({ count, sum, min, max, values }: Cell): StoredCell => {
  if (values === undefined) return [count, sum, min, max, 0];
  return values.size === 1 ? [count, sum, min, max] : [count, sum, min, max, [...values].flat()];
};

export const fromStored = ([count, sum, min, max, stored]: StoredCell): Cell => ({
  count,
  sum,
  min,
  max,
  values: stored === 0 ? undefined : stored === undefined ? new Map([[min, count]]) : pairsOf(stored),
});

const pairsOf = (flat: readonly number[]): ReadonlyMap<number, number> => {
  const pairs = new Map<number, number>();
  for (let at = 0; at < flat.length; at += 2) pairs.set(flat[at] ?? 0, flat[at + 1] ?? 0);
  return pairs;
};
