import type { AttributeType, AttributeValue } from "../values/attributeValue.ts";
import { typeOf } from "../values/attributeValue.ts";
import { compareValues } from "../values/compare.ts";
import { ExpressionFault } from "./fault.ts";
import { CONDITION_FUNCTIONS } from "./functions.ts";
import {
  literalType,
  operandCountFault,
  operandTypeFault,
  pathRequiredFault,
  type ResolvedCall,
  type ResolvedOperand,
} from "./resolveOperand.ts";
import { pathText, samePath } from "./resolvePath.ts";
import type { ComparisonSyntax } from "./syntax.ts";

/** Checks a comparison's operands, inner calls first. Throws ExpressionFault. */
export const checkComparison = (operator: ComparisonSyntax["operator"], operands: readonly ResolvedOperand[]): void => {
  checkCounts(operands);
  checkDistinct(operator, operands);
  checkTypes(operands);
  if (operator === "=" || operator === "<>" || operator === "IN") return;
  for (const operand of operands) {
    const type = literalType(operand);
    if (type !== undefined && !ORDERED.has(type)) throw operandTypeFault(operator, type);
  }
  if (operator === "BETWEEN") checkBounds(operands[1], operands[2]);
};

/** Checks a condition function's operands, inner calls first. Throws ExpressionFault. */
export const checkCall = (call: ResolvedCall): void => {
  checkCounts([call]);
  checkDistinct(call.name, call.args);
  checkTypes([call]);
};

const ORDERED: ReadonlySet<AttributeType> = new Set<AttributeType>(["S", "N", "B"]);
const SIZELESS: ReadonlySet<AttributeType> = new Set<AttributeType>(["N", "BOOL", "NULL"]);
const TYPE_NAMES: ReadonlySet<string> = new Set(["S", "N", "B", "NULL", "SS", "BOOL", "L", "BS", "NS", "M"]);

const checkCounts = (operands: readonly ResolvedOperand[]): void => {
  for (const operand of operands) {
    if (operand.kind !== "call") continue;
    checkCounts(operand.args);
    if (operand.args.length !== CONDITION_FUNCTIONS.get(operand.name)) throw operandCountFault(operand);
  }
};

const checkDistinct = (operator: string, [first, ...others]: readonly ResolvedOperand[]): void => {
  if (first?.kind !== "path") return;
  for (const other of others)
    if (other.kind === "path" && samePath(first.path, other.path))
      throw new ExpressionFault(
        "The first operand must be distinct from the remaining operands for this operator or function; " +
          `operator: ${operator}, first operand: ${pathText(first.path)}`,
      );
};

const checkTypes = (operands: readonly ResolvedOperand[]): void => {
  for (const operand of operands) {
    if (operand.kind !== "call") continue;
    checkTypes(operand.args);
    checkArgumentTypes(operand);
  }
};

const checkArgumentTypes = ({ name, args }: ResolvedCall): void => {
  const [first, second] = args;
  if (name === "attribute_exists" || name === "attribute_not_exists") {
    if (first?.kind !== "path") throw pathRequiredFault(name);
  } else if (name === "attribute_type") {
    checkTypeName(second);
  } else if (name === "begins_with") {
    for (const arg of args) {
      const type = knownType(arg);
      if (type !== undefined && type !== "S" && type !== "B") throw operandTypeFault(name, type);
    }
  } else if (name === "size" && first !== undefined) {
    const type = knownType(first);
    if (type !== undefined && SIZELESS.has(type)) throw operandTypeFault(name, type);
  }
};

// size is the only call that is an operand, and it is a number.
const knownType = (operand: ResolvedOperand): AttributeType | undefined =>
  operand.kind === "call" ? "N" : literalType(operand);

const checkTypeName = (operand: ResolvedOperand | undefined): void => {
  // AWS: for anything but a :value it lists all types, in this order.
  if (operand?.kind !== "value")
    throw operandTypeFault("attribute_type", operand?.kind === "call" ? "N" : "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}");
  if (!("S" in operand.value)) throw operandTypeFault("attribute_type", typeOf(operand.value));
  const { S: type } = operand.value;
  if (!TYPE_NAMES.has(type))
    throw new ExpressionFault(
      `Invalid attribute type name found; type: ${type}, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}`,
    );
};

const checkBounds = (low: ResolvedOperand | undefined, high: ResolvedOperand | undefined): void => {
  if (low?.kind !== "value" || high?.kind !== "value") return;
  const bounds =
    `lower bound operand: AttributeValue: ${valueText(low.value)}, ` +
    `upper bound operand: AttributeValue: ${valueText(high.value)}`;
  const order = compareValues(low.value, high.value);
  if (order === undefined)
    throw new ExpressionFault(`The BETWEEN operator requires same data type for lower and upper bounds; ${bounds}`);
  if (order > 0)
    throw new ExpressionFault(
      `The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${bounds}`,
    );
};

const valueText = (value: AttributeValue): string => {
  if ("S" in value) return `{S:${value.S}}`;
  if ("N" in value) return `{N:${value.N}}`;
  return "B" in value ? `{B:${value.B}}` : `{${typeOf(value)}}`;
};
