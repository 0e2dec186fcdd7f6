import { validationError } from "../errors.ts";
import type { AttributeValue } from "../values/attributeValue.ts";
import type { Condition, KeyCondition, Operand } from "./ast.ts";

/**
 * What a key condition expression demands of each key attribute, in the order of the text.
 * Throws ValidationException when it demands what no key condition can.
 */
export const keyConditionsOf = (condition: Condition): readonly KeyCondition[] => {
  const found = new Map<string, KeyCondition>();
  collect(condition, found);
  return [...found.values()];
};

const collect = (condition: Condition, found: Map<string, KeyCondition>): void => {
  if (condition.kind === "and") {
    collect(condition.left, found);
    collect(condition.right, found);
    return;
  }
  const keyCondition = keyConditionOf(condition);
  if (found.has(keyCondition.name))
    throw validationError("KeyConditionExpressions must only contain one condition per key");
  found.set(keyCondition.name, keyCondition);
};

const keyConditionOf = (condition: Condition): KeyCondition => {
  switch (condition.kind) {
    case "compare":
      return comparisonOf(condition);
    case "between": {
      const { operand, low, high } = condition;
      assertKeyFirst("BETWEEN", operand);
      const name = onlyName([operand, low, high]);
      return { name, operator: "BETWEEN", low: operandValue(low), high: operandValue(high) };
    }
    case "beginsWith": {
      const { operand, part } = condition;
      assertKeyFirst("begins_with", operand);
      return { name: onlyName([operand, part]), operator: "BEGINS_WITH", value: operandValue(part) };
    }
    default:
      throw validationError(`Invalid operator used in KeyConditionExpression: ${operatorName(condition)}`);
  }
};

const MIRRORED = { "=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<=" } as const;

const comparisonOf = ({ operator, left, right }: Extract<Condition, { readonly kind: "compare" }>): KeyCondition => {
  if (operator === "<>") throw validationError("Invalid operator used in KeyConditionExpression: <>");
  const name = onlyName([left, right]);
  if (left.kind === "path") return { name, operator, value: operandValue(right) };
  return { name, operator: MIRRORED[operator], value: operandValue(left) };
};

const assertKeyFirst = (operator: string, operand: Operand): void => {
  if (operand.kind === "value")
    throw validationError(
      `Invalid condition in KeyConditionExpression: ${operator} operator must have the key attribute as its first operand`,
    );
};

/** AWS looks at the operands from left to right. */
const onlyName = (operands: readonly Operand[]): string => {
  let name: string | undefined;
  for (const operand of operands) {
    if (operand.kind === "size") throw nestedOperation();
    if (operand.kind !== "path") continue;
    if (name !== undefined)
      throw validationError(
        "Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition",
      );
    if (operand.path.length > 1)
      throw validationError("KeyConditionExpressions cannot have conditions on nested attributes");
    name = operand.path[0];
  }
  if (name === undefined)
    throw validationError("Invalid condition in KeyConditionExpression: No key attribute specified");
  return name;
};

const operandValue = (operand: Operand): AttributeValue => {
  if (operand.kind !== "value") throw nestedOperation();
  return operand.value;
};

const nestedOperation = (): Error => validationError("KeyConditionExpressions cannot contain nested operations");

const operatorName = (condition: Condition): string => {
  if (condition.kind === "exists") return "attribute_exists";
  if (condition.kind === "type") return "attribute_type";
  if (condition.kind === "contains") return "contains";
  if (condition.kind === "not" && condition.condition.kind === "exists") return "attribute_not_exists";
  return condition.kind.toUpperCase();
};
