import { validationError } from "../errors.ts";
import type { Condition } from "../expressions/ast.ts";
import type { KeyDemand } from "../keys/selectKey.ts";
import type { AttributeValue } from "../values/attributeValue.ts";
import { type InputValue, readValue } from "../values/readValue.ts";
import { COMPARATORS, type ComparisonOperator, checkComparisonValues, comparisonCondition } from "./comparison.ts";

/** One entry of KeyConditions, QueryFilter or ScanFilter. */
export interface ConditionInput {
  readonly ComparisonOperator: ComparisonOperator;
  readonly AttributeValueList?: readonly InputValue[] | undefined;
}

export type ConditionalOperator = "AND" | "OR";

/** QueryFilter or ScanFilter as a condition; undefined when nothing is demanded. Throws ValidationException. */
export const filterOf = (
  filter: Readonly<Record<string, ConditionInput>> | undefined,
  operator: ConditionalOperator | undefined,
): Condition | undefined => {
  const conditions = Object.entries(filter ?? {}).map(([name, { ComparisonOperator: comparison, ...rest }]) => {
    const values = (rest.AttributeValueList ?? []).map(readValue);
    checkComparisonValues(comparison, values);
    return comparisonCondition(name, comparison, values);
  });
  return joined(conditions, operator);
};

/** KeyConditions, in the order they are given. Throws ValidationException. */
export const keyConditionsOf = (conditions: Readonly<Record<string, ConditionInput>>): readonly KeyDemand[] =>
  Object.entries(conditions).map(([name, { ComparisonOperator: operator, AttributeValueList: list }]) => {
    const values = (list ?? []).map(readValue);
    checkComparisonValues(operator, values);
    return keyConditionOf(name, operator, values);
  });

/** Conditions joined by an operator, AND when none is given; undefined when there are none. Throws ValidationException. */
export const joined = (
  conditions: readonly Condition[],
  operator: ConditionalOperator | undefined,
): Condition | undefined => {
  if (operator !== undefined && conditions.length === 0)
    throw validationError("ConditionalOperator cannot be used without Filter or Expected");
  if (operator !== undefined && conditions.length === 1)
    throw validationError("ConditionalOperator can only be used when Filter or Expected has two or more elements");
  const kind = operator === "OR" ? "or" : "and";
  const [first, ...rest] = conditions;
  return rest.reduce<Condition | undefined>(
    (left, right) => (left === undefined ? right : { kind, left, right }),
    first,
  );
};

const keyConditionOf = (
  name: string,
  operator: ComparisonOperator,
  [value, high]: readonly AttributeValue[],
): KeyDemand => {
  if (value !== undefined) {
    if (operator === "BETWEEN") return { name, operator, low: value, high: high ?? value };
    if (operator === "BEGINS_WITH") return { name, operator, value };
    if (operator === "EQ" || operator === "LE" || operator === "LT" || operator === "GE" || operator === "GT")
      return { name, operator: COMPARATORS[operator], value };
  }
  // AWS refuses it once it knows the table, and whether this is a key at all.
  return { name, operator: "UNINDEXABLE" };
};
