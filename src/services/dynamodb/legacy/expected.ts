import { invalidParameter, validationError } from "../errors.ts";
import type { Condition } from "../expressions/ast.ts";
import { type InputValue, readValue } from "../values/readValue.ts";
import { type ComparisonOperator, checkComparisonValues, comparisonCondition } from "./comparison.ts";
import { type ConditionalOperator, joined } from "./conditions.ts";

/** One entry of Expected. */
export interface ExpectedInput {
  readonly Value?: InputValue | undefined;
  readonly Exists?: boolean | undefined;
  readonly ComparisonOperator?: ComparisonOperator | undefined;
  readonly AttributeValueList?: readonly InputValue[] | undefined;
}

/** Expected as a condition; undefined when nothing is demanded. Throws ValidationException. */
export const expectedCondition = (
  expected: Readonly<Record<string, ExpectedInput>> | undefined,
  operator: ConditionalOperator | undefined,
): Condition | undefined =>
  joined(
    Object.entries(expected ?? {}).map(([name, entry]) => conditionOf(name, entry)),
    operator,
  );

const conditionOf = (name: string, entry: ExpectedInput): Condition => {
  if (name === "") throw validationError("Empty attribute name");
  const { Value: value, Exists: exists, ComparisonOperator: operator, AttributeValueList: list } = entry;
  if (list !== undefined && value !== undefined)
    throw invalidParameter(`Value and AttributeValueList cannot be used together for Attribute: ${name}`);
  if (operator === undefined) {
    if (list !== undefined)
      throw invalidParameter(`AttributeValueList can only be used with a ComparisonOperator for Attribute: ${name}`);
    return existence(name, value, exists);
  }
  if (exists !== undefined)
    throw invalidParameter(`Exists and ComparisonOperator cannot be used together for Attribute: ${name}`);
  if (operator !== "NULL" && operator !== "NOT_NULL" && list === undefined && value === undefined)
    throw invalidParameter(
      `Value or AttributeValueList must be used with ComparisonOperator: ${operator} for Attribute: ${name}`,
    );
  const values = (list ?? (value === undefined ? [] : [value])).map(readValue);
  checkComparisonValues(operator, values);
  return comparisonCondition(name, operator, values);
};

const existence = (name: string, value: InputValue | undefined, exists: boolean | undefined): Condition => {
  if (exists === false) {
    if (value !== undefined) throw invalidParameter(`Value cannot be used when Exists is false for Attribute: ${name}`);
    return comparisonCondition(name, "NULL", []);
  }
  if (value === undefined)
    throw invalidParameter(`Value must be provided when Exists is ${exists ?? "null"} for Attribute: ${name}`);
  return comparisonCondition(name, "EQ", [readValue(value)]);
};
