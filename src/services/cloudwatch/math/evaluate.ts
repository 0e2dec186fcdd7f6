import { own } from "../../../kernel/own.ts";
import { validationError } from "../errors.ts";
import type { MetricQuery, QueriedMetric } from "../records.ts";
import { FUNCTIONS, type Surroundings } from "./functions.ts";
import { type Node, namesIn, parseExpression } from "./syntax.ts";
import { across, mapPoints, type Series, scalar, type Value, zip } from "./values.ts";

/** What evaluation needs of the store: one metric's values. */
export interface MathSource {
  readonly read: (metric: QueriedMetric, label: string) => Series;
  readonly times: Surroundings["times"];
}

/** Checks the queries among each other: ids, one kind each, names that exist, no circles. Throws ValidationError. */
export const checkQueries = (queries: readonly MetricQuery[]): void => {
  const ids = new Set<string>();
  for (const { id, expression, metric } of queries) {
    if (!/^[a-z][A-Za-z0-9_]*$/.test(id))
      throw validationError(
        `The value ${id} for parameter MetricDataQueries.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.`,
      );
    if (ids.has(id)) throw validationError(`The values for parameter id in MetricDataQueries are not unique.`);
    if ((expression === undefined) === (metric === undefined))
      throw validationError(
        "The parameter MetricDataQueries must contain exactly one of Expression and MetricStat for each query.",
      );
    ids.add(id);
  }
  for (const query of queries) expressionOf(queries, query, new Set());
};

const expressionOf = (
  queries: readonly MetricQuery[],
  { id, expression }: MetricQuery,
  within: ReadonlySet<string>,
): void => {
  if (expression === undefined) return;
  if (within.has(id)) throw validationError(`Error in expression '${id}': Circular reference.`);
  if (/^\s*SELECT\s/i.test(expression)) return;
  for (const name of namesIn(parseExpression(expression)).names) {
    if (WORDS.has(name)) continue;
    const other = queries.find((each) => each.id === name);
    if (!other) throw validationError(`Error in expression '${id}': Unknown id '${name}'.`);
    expressionOf(queries, other, new Set([...within, id]));
  }
};

/** Bare words that are no ids: those begin with a small letter. */
const WORDS: ReadonlySet<string> = new Set(["ASC", "AVG", "DESC", "LINEAR", "MAX", "MIN", "REPEAT", "SUM"]);

/** The series that a query gives: one of a metric, one or more of an expression. */
export const evaluateQuery = (queries: readonly MetricQuery[], id: string, source: MathSource): readonly Series[] => {
  const value = valueOfQuery(queries, id, source);
  const query = queries.find((each) => each.id === id);
  const labelled = (series: Series) => ({ ...series, label: query?.label ?? id });
  if (value.kind === "series") return [query?.metric ? value : labelled(value)];
  if (value.kind === "many") return value.series;
  throw validationError(`Error in expression '${id}': The expression must return a time series.`);
};

const valueOfQuery = (queries: readonly MetricQuery[], id: string, source: MathSource): Value => {
  const query = queries.find((each) => each.id === id);
  if (query?.metric) return source.read(query.metric, query.label ?? query.metric.name);
  const periods = queries.flatMap(({ metric }) => (metric ? [metric.period] : []));
  const around = { times: source.times, periodSeconds: query?.period ?? Math.max(60, ...periods) };
  const metrics = () =>
    queries.flatMap(({ metric, label }) => (metric ? [source.read(metric, label ?? metric.name)] : []));
  const evaluate = (node: Node): Value => {
    switch (node.kind) {
      case "number":
        return scalar(node.value);
      case "text":
        return node;
      case "name":
        return WORDS.has(node.name) ? { kind: "text", value: node.name } : valueOfQuery(queries, node.name, source);
      case "list":
        return { kind: "many", series: node.items.map(evaluate).flatMap(seriesOf) };
      case "negative":
        return binary("*", scalar(-1), evaluate(node.of));
      case "binary":
        return binary(node.operator, evaluate(node.left), evaluate(node.right));
      case "call":
        return node.name === "METRICS"
          ? { kind: "many", series: metrics() }
          : call(node.name, node.args.map(evaluate), around);
    }
  };
  return evaluate(parseExpression(query?.expression ?? ""));
};

const call = (name: string, args: readonly Value[], around: Surroundings): Value => {
  const run = own(FUNCTIONS, name);
  if (!run) throw validationError(`Error in expression: Unknown function ${name}.`);
  return run(args, around);
};

const seriesOf = (value: Value): readonly Series[] => {
  if (value.kind === "series") return [value];
  if (value.kind === "many") return value.series;
  throw validationError("Error in expression: Only time series may stand in a list.");
};

const truth = (is: boolean): number => (is ? 1 : 0);

const OPERATORS: Readonly<Record<string, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "^": (a, b) => a ** b,
  "==": (a, b) => truth(a === b),
  "!=": (a, b) => truth(a !== b),
  "<": (a, b) => truth(a < b),
  "<=": (a, b) => truth(a <= b),
  ">": (a, b) => truth(a > b),
  ">=": (a, b) => truth(a >= b),
  "&&": (a, b) => truth(a !== 0 && b !== 0),
  "||": (a, b) => truth(a !== 0 || b !== 0),
};

const binary = (operator: string, left: Value, right: Value): Value => {
  const of = OPERATORS[operator] ?? (() => Number.NaN);
  if (left.kind === "text" || right.kind === "text")
    throw validationError(`Error in expression: Unsupported operand type(s) for ${operator}.`);
  if (left.kind === "scalar" && right.kind === "scalar") return scalar(of(left.value, right.value));
  if (left.kind === "many") return { ...left, series: left.series.map((one) => single(binary(operator, one, right))) };
  if (right.kind === "many")
    return { ...right, series: right.series.map((one) => single(binary(operator, left, one))) };
  if (left.kind === "scalar") return mapPoints(single(right), (value) => of(left.value, value));
  if (right.kind === "scalar") return mapPoints(left, (value) => of(value, right.value));
  return zip(left, right, of);
};

/** What an operator makes of two lists is made of their pairs, which are series each. */
const single = (value: Value): Series =>
  value.kind === "series" ? value : across(value.kind === "many" ? value.series : [], "", (values) => values[0] ?? 0);
