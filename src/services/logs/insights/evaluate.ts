import type { Expression } from "./expression.ts";
import { callFunction } from "./functions.ts";
import { compare, isTrue, numberIn, told, type Value } from "./values.ts";

/** What the fields of an event, or the columns of a result, hold. */
export type Lookup = (field: string) => Value;

/** What an expression is worth for one row. */
export const evaluate = (expression: Expression, lookup: Lookup): Value => {
  switch (expression.kind) {
    case "value":
      return expression.value;
    case "field":
      return lookup(expression.name);
    case "span":
      return expression.ms;
    case "not":
      return !isTrue(evaluate(expression.of, lookup));
    case "call":
      return called(expression.name, expression.args, lookup);
    case "operation":
      return operated(expression, lookup);
    default:
      return undefined;
  }
};

const called = (name: string, args: readonly Expression[], lookup: Lookup): Value => {
  const [first, second] = args;
  if (name === "bin") return callFunction("datefloor", [lookup("@timestamp"), first && evaluate(first, lookup)]);
  // A column that stats has computed, or the same computed here.
  if (name === "column" && first && second) return evaluate(first, lookup) ?? evaluate(second, lookup);
  return callFunction(
    name,
    args.map((arg) => evaluate(arg, lookup)),
  );
};

type Operation = Extract<Expression, { kind: "operation" }>;

const operated = ({ operator, left, right }: Operation, lookup: Lookup): Value => {
  const a = evaluate(left, lookup);
  switch (operator) {
    case "and":
      return isTrue(a) && isTrue(evaluate(right, lookup));
    case "or":
      return isTrue(a) || isTrue(evaluate(right, lookup));
    case "like":
      return isLike(a, right, lookup);
    case "in":
      return right.kind === "list" && right.items.some((item) => compare(a, evaluate(item, lookup)) === 0);
    default:
      return ORDERS[operator]
        ? ordered(operator, a, evaluate(right, lookup))
        : computed(operator, a, evaluate(right, lookup));
  }
};

const isLike = (value: Value, pattern: Expression, lookup: Lookup): boolean => {
  const text = told(value);
  if (text === undefined) return false;
  if (pattern.kind === "regex") return pattern.regex.test(text);
  return text.includes(told(evaluate(pattern, lookup)) ?? "");
};

const ORDERS: Readonly<Record<string, (order: number) => boolean>> = {
  "=": (order) => order === 0,
  "!=": (order) => order !== 0,
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
};

/** AWS: what is not there equals nothing, and differs from everything. */
const ordered = (operator: string, a: Value, b: Value): boolean => {
  const found = compare(a, b);
  return found === undefined
    ? operator === "!=" && (a !== undefined || b !== undefined)
    : ORDERS[operator]?.(found) === true;
};

const computed = (operator: string, left: Value, right: Value): Value => {
  const [a, b] = [numberIn(left), numberIn(right)];
  if (a === undefined || b === undefined) return undefined;
  const result = arithmetic(operator, a, b);
  return Number.isFinite(result) ? result : undefined;
};

const arithmetic = (operator: string, a: number, b: number): number => {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    case "%":
      return a % b;
    default:
      return a ** b;
  }
};
