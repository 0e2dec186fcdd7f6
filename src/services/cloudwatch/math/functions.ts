import { NotImplemented } from "../../../kernel/errors.ts";
import { validationError } from "../errors.ts";
import { across, mapPoints, type Series, scalar, type Value } from "./values.ts";

/** What a function may know of where it is called. */
export interface Surroundings {
  /** The times of all periods asked for: where FILL and TIME_SERIES put values. */
  readonly times: (periodSeconds: number) => readonly number[];
  readonly periodSeconds: number;
}

type MathFunction = (args: readonly Value[], around: Surroundings) => Value;

const wrong = (name: string) => validationError(`Error in expression: Invalid arguments for function ${name}.`);

const first = (args: readonly Value[], name: string): Value => {
  const [value] = args;
  if (!value) throw wrong(name);
  return value;
};

/** Applies to one series, to each of many, and to a number. */
const each =
  (
    name: string,
    change: (series: Series, args: readonly Value[]) => Series,
    ofScalar?: (value: number) => number,
  ): MathFunction =>
  (args) => {
    const value = first(args, name);
    if (value.kind === "series") return change(value, args.slice(1));
    if (value.kind === "many") return { ...value, series: value.series.map((one) => change(one, args.slice(1))) };
    if (value.kind === "scalar" && ofScalar) return scalar(ofScalar(value.value));
    throw wrong(name);
  };

const pointwise = (name: string, change: (value: number) => number): MathFunction =>
  each(name, (series) => mapPoints(series, change), change);

/** AWS: of one series a number; of many, a series. */
const folding =
  (name: string, fold: (values: readonly number[]) => number): MathFunction =>
  (args) => {
    const value = first(args, name);
    if (value.kind === "series") return scalar(fold([...value.points.values()]));
    if (value.kind === "many") return across(value.series, name, fold);
    if (value.kind === "scalar") return scalar(fold([value.value]));
    throw wrong(name);
  };

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;

const deviation = (values: readonly number[]): number => {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
};

/** What changed from the value before. */
const differences = (series: Series, of: (change: number, elapsedSeconds: number) => number): Series => {
  let before: readonly [number, number] | undefined;
  return mapPoints(series, (value, at) => {
    const last = before;
    before = [at, value];
    return last && of(value - last[1], (at - last[0]) / 1000);
  });
};

const runningSum = (series: Series): Series => {
  let total = 0;
  return mapPoints(series, (value) => {
    total += value;
    return total;
  });
};

const fill: MathFunction = (args, around) => {
  const [value, filler] = args;
  if (!value || !filler) throw wrong("FILL");
  const filled = (series: Series): Series => {
    const points = new Map<number, number>();
    const known = [...series.points];
    for (const at of around.times(series.periodSeconds)) {
      const own = series.points.get(at) ?? fillerAt(filler, known, at);
      if (own !== undefined) points.set(at, own);
    }
    return { ...series, points };
  };
  if (value.kind === "series") return filled(value);
  if (value.kind === "many") return { ...value, series: value.series.map(filled) };
  throw wrong("FILL");
};

const fillerAt = (filler: Value, known: readonly (readonly [number, number])[], at: number): number | undefined => {
  if (filler.kind === "scalar") return filler.value;
  if (filler.kind === "series") return filler.points.get(at);
  if (filler.kind !== "text") throw wrong("FILL");
  const before = known.findLast(([time]) => time < at);
  if (filler.value === "REPEAT") return before?.[1];
  if (filler.value !== "LINEAR") throw wrong("FILL");
  const after = known.find(([time]) => time > at);
  if (!before || !after) return (before ?? after)?.[1];
  return before[1] + ((after[1] - before[1]) * (at - before[0])) / (after[0] - before[0]);
};

const condition: MathFunction = (args) => {
  const [test, then, otherwise] = args;
  if (!test || !then) throw wrong("IF");
  const pick = (isTrue: boolean, at?: number): number | undefined => {
    const chosen = isTrue ? then : otherwise;
    if (chosen?.kind === "scalar") return chosen.value;
    return chosen?.kind === "series" && at !== undefined ? chosen.points.get(at) : undefined;
  };
  if (test.kind === "series") return mapPoints(test, (value, at) => pick(value !== 0, at));
  if (test.kind !== "scalar") throw wrong("IF");
  const chosen = test.value === 0 ? otherwise : then;
  if (!chosen) throw wrong("IF");
  return chosen;
};

const endpoint =
  (name: string, at: 0 | -1): MathFunction =>
  (args) => {
    const value = first(args, name);
    if (value.kind === "many") {
      const chosen = value.series.at(at);
      if (chosen) return chosen;
    }
    if (value.kind === "series") return scalar([...value.points.values()].at(at) ?? Number.NaN);
    throw wrong(name);
  };

const sort: MathFunction = ([value, by, order, limit]) => {
  if (value?.kind !== "many" || by?.kind !== "text") throw wrong("SORT");
  const measure: Readonly<Record<string, (values: readonly number[]) => number>> = {
    AVG: mean,
    MIN: (values) => Math.min(...values),
    MAX: (values) => Math.max(...values),
    SUM: sum,
  };
  const of = measure[by.value];
  if (!of || order?.kind !== "text") throw wrong("SORT");
  const sign = order.value === "DESC" ? -1 : 1;
  const ranked = [...value.series].sort((a, b) => sign * (of([...a.points.values()]) - of([...b.points.values()])));
  return { ...value, series: limit?.kind === "scalar" ? ranked.slice(0, limit.value) : ranked };
};

const slice: MathFunction = ([value, from, to]) => {
  if (value?.kind !== "many" || from?.kind !== "scalar") throw wrong("SLICE");
  return { ...value, series: value.series.slice(from.value, to?.kind === "scalar" ? to.value : undefined) };
};

const ofTime =
  (name: string, part: (date: Date) => number): MathFunction =>
  (args) => {
    const value = first(args, name);
    if (value.kind !== "series") throw wrong(name);
    return mapPoints(value, (_value, at) => part(new Date(at)));
  };

const timeSeries: MathFunction = (args, around) => {
  const value = first(args, "TIME_SERIES");
  if (value.kind !== "scalar") throw wrong("TIME_SERIES");
  const points = new Map(around.times(around.periodSeconds).map((at) => [at, value.value]));
  return { kind: "series", label: "TIME_SERIES", periodSeconds: around.periodSeconds, points };
};

const removeEmpty: MathFunction = (args) => {
  const value = first(args, "REMOVE_EMPTY");
  if (value.kind !== "many") return value;
  return { ...value, series: value.series.filter(({ points }) => points.size > 0) };
};

const metricCount: MathFunction = (args) => {
  const value = first(args, "METRIC_COUNT");
  return scalar(value.kind === "many" ? value.series.length : 1);
};

const period: MathFunction = (args) => {
  const value = first(args, "PERIOD");
  if (value.kind !== "series") throw wrong("PERIOD");
  return scalar(value.periodSeconds);
};

const notBuilt =
  (name: string): MathFunction =>
  () => {
    throw new NotImplemented(`cloudwatch metric math with ${name}`);
  };

const UNBUILT = [
  "ANOMALY_DETECTION_BAND",
  "DB_PERF_INSIGHTS",
  "INSIGHT_RULE_METRIC",
  "LAMBDA",
  "SEARCH",
  "SERVICE_QUOTA",
];

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html#metric-math-syntax-functions-list */
export const FUNCTIONS: Readonly<Record<string, MathFunction>> = {
  ABS: pointwise("ABS", Math.abs),
  AVG: folding("AVG", mean),
  CEIL: pointwise("CEIL", Math.ceil),
  DATAPOINT_COUNT: folding("DATAPOINT_COUNT", (values) => values.length),
  DATE: ofTime("DATE", (date) => date.getUTCDate()),
  DAY: ofTime("DAY", (date) => date.getUTCDay() || 7),
  DIFF: each("DIFF", (series) => differences(series, (change) => change)),
  DIFF_TIME: each("DIFF_TIME", (series) => differences(series, (_change, seconds) => seconds)),
  EPOCH: ofTime("EPOCH", (date) => date.getTime() / 1000),
  FILL: fill,
  FIRST: endpoint("FIRST", 0),
  FLOOR: pointwise("FLOOR", Math.floor),
  HOUR: ofTime("HOUR", (date) => date.getUTCHours()),
  IF: condition,
  LAST: endpoint("LAST", -1),
  LOG: pointwise("LOG", Math.log),
  LOG10: pointwise("LOG10", Math.log10),
  MAX: folding("MAX", (values) => Math.max(...values)),
  METRIC_COUNT: metricCount,
  MIN: folding("MIN", (values) => Math.min(...values)),
  MINUTE: ofTime("MINUTE", (date) => date.getUTCMinutes()),
  MONTH: ofTime("MONTH", (date) => date.getUTCMonth() + 1),
  PERIOD: period,
  RATE: each("RATE", (series) => differences(series, (change, seconds) => change / seconds)),
  REMOVE_EMPTY: removeEmpty,
  RUNNING_SUM: each("RUNNING_SUM", runningSum),
  SLICE: slice,
  SORT: sort,
  STDDEV: folding("STDDEV", deviation),
  SUM: folding("SUM", sum),
  TIME_SERIES: timeSeries,
  YEAR: ofTime("YEAR", (date) => date.getUTCFullYear()),
  ...Object.fromEntries(UNBUILT.map((name) => [name, notBuilt(name)])),
};
