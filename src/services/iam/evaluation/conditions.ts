import { AssertionFailed } from "../../../kernel/errors.ts";
import { isJsonObject, type JsonValue } from "../../../kernel/json.ts";
import { scalars } from "./document.ts";
import { type Operator, operatorNamed } from "./operators.ts";
import type { ConditionContext, PatternTest } from "./pattern.ts";

/** Tells whether a statement's conditions hold for a request. */
export type ConditionTest = (context: ConditionContext) => boolean;

type SetPrefix = "forallvalues" | "foranyvalue";

/** A condition operator's name, taken apart. */
export interface OperatorName {
  readonly base: string;
  readonly set: SetPrefix | undefined;
  readonly ifExists: boolean;
}

const OPERATOR_NAME = /^(?:(forallvalues|foranyvalue):)?([a-z]+?)(ifexists)?$/i;

/** `ForAnyValue:StringLikeIfExists` in its parts; undefined for what is no operator's name. */
export const parseOperatorName = (name: string): OperatorName | undefined => {
  const [, prefix, base = "", suffix] = OPERATOR_NAME.exec(name) ?? [];
  const parsed = { base: base.toLowerCase(), set: setPrefix(prefix?.toLowerCase()), ifExists: suffix !== undefined };
  if (parsed.base === "null") return parsed.set === undefined && !parsed.ifExists ? parsed : undefined;
  return operatorNamed(base) === undefined ? undefined : parsed;
};

const setPrefix = (prefix: string | undefined): SetPrefix | undefined =>
  prefix === "forallvalues" || prefix === "foranyvalue" ? prefix : undefined;

/** Compiles a `Condition` element: every key of every operator must hold. */
export const conditionTest = (element: JsonValue | undefined, variables: boolean): ConditionTest => {
  if (!isJsonObject(element)) return () => true;
  const tests = Object.entries(element).flatMap(([name, keys]) =>
    isJsonObject(keys)
      ? Object.entries(keys).map(([key, values]) => keyTest(name, key.toLowerCase(), scalars(values), variables))
      : [],
  );
  if (tests.length === 0) return () => true;
  return (context) => tests.every((test) => test(context));
};

const keyTest = (name: string, key: string, wanted: readonly string[], variables: boolean): ConditionTest => {
  const parsed = parseOperatorName(name);
  if (parsed === undefined) throw new AssertionFailed(`condition operator ${name} of a stored policy`);
  if (parsed.base === "null") {
    const absent = wanted.some((value) => value.toLowerCase() === "true");
    return (context) => isMissing(context.get(key)) === absent;
  }
  const operator = operatorNamed(parsed.base);
  if (operator === undefined) throw new AssertionFailed(`condition operator ${name} of a stored policy`);
  const holds = valueTest(operator, wanted, variables);
  const whenMissing = parsed.ifExists || missingHolds(parsed.set, operator);
  const decide = present(parsed.set, operator.negated);
  return (context) => {
    const values = context.get(key);
    if (values === undefined || isMissing(values) || (parsed.set && isNullSet(values))) return whenMissing;
    return decide(values, (value) => holds(value, context));
  };
};

const isMissing = (values: readonly string[] | undefined): boolean => values === undefined || values.length === 0;

/** AWS: to the set operators an empty string is an empty set. */
const isNullSet = (values: readonly string[]): boolean => values.length === 1 && values[0] === "";

/** Whether one value of the request satisfies the operator against the policy's values. */
const valueTest = (operator: Operator, wanted: readonly string[], variables: boolean): PatternTest => {
  const tests = wanted.map((value) => operator.compile(value, variables));
  return (given, context) => tests.some((test) => test(given, context)) !== operator.negated;
};

/** AWS: an absent key satisfies the negated operators and `ForAllValues`, and nothing else. */
const missingHolds = (set: SetPrefix | undefined, operator: Operator): boolean =>
  set === undefined ? operator.negated : set === "forallvalues";

/** Without a set operator, one value must match; for the negated operators, none of them may. */
const present = (set: SetPrefix | undefined, negated: boolean) =>
  set === "forallvalues" || (set === undefined && negated)
    ? (values: readonly string[], holds: (value: string) => boolean) => values.every(holds)
    : (values: readonly string[], holds: (value: string) => boolean) => values.some(holds);
