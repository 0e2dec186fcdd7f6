import { AssertionFailed } from "../../../kernel/errors.ts";
import { MAX_IN_OPERANDS } from "../limits.ts";
import type { Condition, Operand } from "./ast.ts";
import { checkCall, checkComparison } from "./checkOperands.ts";
import { ExpressionFault } from "./fault.ts";
import type { Placeholders } from "./placeholders.ts";
import { type ResolvedCall, type ResolvedOperand, resolveOperand } from "./resolveOperand.ts";
import type { CallSyntax, ComparisonSyntax, ConditionSyntax } from "./syntax.ts";

/** Resolves a condition whose syntax was checked. Throws ExpressionFault for the first fault, in the order of the text. */
export const resolveCondition = (condition: ConditionSyntax, placeholders: Placeholders): Condition => {
  switch (condition.kind) {
    case "and":
    case "or": {
      const left = resolveCondition(condition.left, placeholders);
      return { kind: condition.kind, left, right: resolveCondition(condition.right, placeholders) };
    }
    case "not":
      return { kind: "not", condition: resolveCondition(condition.condition, placeholders) };
    case "call":
      return resolveFunction(condition, placeholders);
    case "comparison":
      return resolveComparison(condition, placeholders);
  }
};

const resolveComparison = ({ operator, operands }: ComparisonSyntax, placeholders: Placeholders): Condition => {
  const resolved = operands.map((operand) => resolveOperand(operand, placeholders));
  if (operator === "IN" && resolved.length - 1 > MAX_IN_OPERANDS)
    throw new ExpressionFault(
      `The IN operator is provided with too many operands; number of operands: ${resolved.length - 1}`,
    );
  checkComparison(operator, resolved);
  const [first, second, third] = resolved.map(operandOf);
  if (first === undefined || second === undefined) throw new AssertionFailed(`${operator} without its operands`);
  if (operator === "IN") return { kind: "in", operand: first, others: resolved.slice(1).map(operandOf) };
  if (operator !== "BETWEEN") return { kind: "compare", operator, left: first, right: second };
  if (third === undefined) throw new AssertionFailed("BETWEEN without its upper bound");
  return { kind: "between", operand: first, low: second, high: third };
};

const resolveFunction = ({ name, args }: CallSyntax, placeholders: Placeholders): Condition => {
  const call: ResolvedCall = { kind: "call", name, args: args.map((arg) => resolveOperand(arg, placeholders)) };
  checkCall(call);
  const [first, second] = call.args;
  if (first?.kind === "path") {
    if (name === "attribute_exists") return { kind: "exists", path: first.path };
    if (name === "attribute_not_exists") return { kind: "not", condition: { kind: "exists", path: first.path } };
  }
  if (first === undefined || second === undefined) throw new AssertionFailed(`${name} without its operands`);
  if (name === "attribute_type" && second.kind === "value" && "S" in second.value)
    return { kind: "type", operand: operandOf(first), type: second.value.S };
  const kind = name === "begins_with" ? "beginsWith" : "contains";
  return { kind, operand: operandOf(first), part: operandOf(second) };
};

const operandOf = (operand: ResolvedOperand): Operand => {
  if (operand.kind !== "call") return operand;
  const [arg] = operand.args;
  if (arg === undefined) throw new AssertionFailed("size without its operand");
  return { kind: "size", operand: operandOf(arg) };
};
