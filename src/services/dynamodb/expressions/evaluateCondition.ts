import { type AttributeValue, type Item, typeOf } from "../values/attributeValue.ts";
import { beginsWith, compareValues, containsValue, equalValues } from "../values/compare.ts";
import type { Condition, Operand } from "./ast.ts";
import type { Comparator } from "./syntax.ts";
import { valueAt } from "./valueAt.ts";

/** Whether an item satisfies a condition. What is not there equals nothing, not even something else that is not there. */
export const satisfies = (item: Item, condition: Condition): boolean => {
  switch (condition.kind) {
    case "and":
      return satisfies(item, condition.left) && satisfies(item, condition.right);
    case "or":
      return satisfies(item, condition.left) || satisfies(item, condition.right);
    case "not":
      return !satisfies(item, condition.condition);
    case "exists":
      return valueAt(item, condition.path) !== undefined;
    case "compare":
      return compares(condition.operator, operandValue(item, condition.left), operandValue(item, condition.right));
    case "between": {
      const value = operandValue(item, condition.operand);
      const { low, high } = condition;
      return compares(">=", value, operandValue(item, low)) && compares("<=", value, operandValue(item, high));
    }
    case "in": {
      const value = operandValue(item, condition.operand);
      return condition.others.some((other) => compares("=", value, operandValue(item, other)));
    }
    case "type": {
      const value = operandValue(item, condition.operand);
      return value !== undefined && typeOf(value) === condition.type;
    }
    default: {
      const value = operandValue(item, condition.operand);
      const part = operandValue(item, condition.part);
      if (value === undefined || part === undefined) return false;
      return condition.kind === "beginsWith" ? beginsWith(value, part) : containsValue(value, part);
    }
  }
};

const compares = (
  operator: Comparator,
  left: AttributeValue | undefined,
  right: AttributeValue | undefined,
): boolean => {
  if (left === undefined || right === undefined) return operator === "<>";
  if (operator === "=") return equalValues(left, right);
  if (operator === "<>") return !equalValues(left, right);
  const order = compareValues(left, right);
  if (order === undefined) return false;
  if (operator === "<") return order < 0;
  if (operator === "<=") return order <= 0;
  return operator === ">" ? order > 0 : order >= 0;
};

const operandValue = (item: Item, operand: Operand): AttributeValue | undefined => {
  if (operand.kind === "value") return operand.value;
  if (operand.kind === "path") return valueAt(item, operand.path);
  const size = sizeOf(operandValue(item, operand.operand));
  return size === undefined ? undefined : { N: String(size) };
};

// AWS: characters of a string, bytes of a binary, elements of anything else that has some.
const sizeOf = (value: AttributeValue | undefined): number | undefined => {
  if (value === undefined) return undefined;
  if ("S" in value) return value.S.length;
  if ("B" in value) return Buffer.byteLength(value.B, "base64");
  if ("L" in value) return value.L.length;
  if ("M" in value) return Object.keys(value.M).length;
  if ("SS" in value) return value.SS.length;
  if ("NS" in value) return value.NS.length;
  return "BS" in value ? value.BS.length : undefined;
};
