import { own } from "../../../kernel/own.ts";
import { evaluate, type Lookup } from "./evaluate.ts";
import type { Expression } from "./expression.ts";
import { numberIn, order, told, type Value } from "./values.ts";

/** What a function of many rows makes of the values of one of its expressions, and of the rows themselves. */
type Aggregate = (values: readonly Value[], rows: readonly Lookup[], argument: Value) => Value;

const present = (values: readonly Value[]) => values.filter((value) => value !== undefined);

const numbers = (values: readonly Value[]): number[] =>
  values.flatMap((value) => {
    const number = numberIn(value);
    return number === undefined ? [] : [number];
  });

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const average = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : sumOf(values) / values.length;

const percentile = (values: readonly number[], percent: number): number | undefined => {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.ceil((Math.min(Math.max(percent, 0), 100) / 100) * sorted.length);
  return sorted[Math.max(rank - 1, 0)];
};

const deviation = (values: readonly number[]): number | undefined => {
  const mean = average(values);
  return mean === undefined ? undefined : Math.sqrt(sumOf(values.map((value) => (value - mean) ** 2)) / values.length);
};

/** The value of the event that is first or last in time. */
const byTime =
  (sign: number): Aggregate =>
  (values, rows) => {
    const at = rows.map((row, index) => ({ time: numberIn(row("@timestamp")) ?? 0, value: values[index] }));
    return at.filter(({ value }) => value !== undefined).sort((a, b) => sign * (a.time - b.time))[0]?.value;
  };

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Stats.html */
const AGGREGATES: Readonly<Record<string, Aggregate>> = {
  avg: (values) => average(numbers(values)),
  count: (values) => present(values).length,
  count_distinct: (values) => new Set(present(values).map(told)).size,
  max: (values) => [...present(values)].sort(order).at(-1),
  min: (values) => [...present(values)].sort(order)[0],
  pct: (values, _rows, percent) => percentile(numbers(values), numberIn(percent) ?? 0),
  stddev: (values) => deviation(numbers(values)),
  sum: (values) => sumOf(numbers(values)),
  earliest: byTime(1),
  latest: byTime(-1),
  sortsfirst: (values) => [...present(values)].sort(order)[0],
  sortslast: (values) => [...present(values)].sort(order).at(-1),
};

export const isAggregate = (name: string): boolean => Object.hasOwn(AGGREGATES, name);

/** What an expression is worth for many rows; what counts nothing is that of the first. */
export const aggregate = (expression: Expression, rows: readonly Lookup[]): Value => {
  if (expression.kind === "operation") {
    const [left, right] = [aggregate(expression.left, rows), aggregate(expression.right, rows)];
    const lookup = (name: string) => (name === "left" ? left : right);
    return evaluate({ ...expression, left: LEFT, right: RIGHT }, lookup);
  }
  const found = expression.kind === "call" ? own(AGGREGATES, expression.name) : undefined;
  if (expression.kind !== "call" || !found) return computedOf(expression, rows);
  const [of, argument] = expression.args;
  const isEvery = of === undefined || of.kind === "star";
  const values = rows.map((row) => (isEvery ? 1 : evaluate(of, row)));
  return found(values, rows, argument && evaluate(argument, () => undefined));
};

const LEFT: Expression = { kind: "field", name: "left" };
const RIGHT: Expression = { kind: "field", name: "right" };

/** A function of one row around those of many: `floor(avg(x))`. */
const computedOf = (expression: Expression, rows: readonly Lookup[]): Value => {
  if (expression.kind !== "call" || expression.name === "bin")
    return evaluate(expression, rows[0] ?? (() => undefined));
  const values = expression.args.map((arg) => aggregate(arg, rows));
  const args = values.map((_value, index): Expression => ({ kind: "field", name: String(index) }));
  return evaluate({ ...expression, args }, (name) => values[Number(name)]);
};
