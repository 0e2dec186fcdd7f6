import { MAX_OPERATORS } from "../limits.ts";
import { Faults } from "./fault.ts";
import { type CallFault, callNameFault, misusedFunction } from "./functions.ts";
import { reservedFault } from "./resolvePath.ts";
import type { ConditionSyntax, OperandSyntax, Parsed } from "./syntax.ts";

type Kind = "parentheses" | "operators" | CallFault | "reserved";

/** Checks what can be known of a condition without its placeholders. Throws ExpressionFault. */
export const checkConditionSyntax = ({ syntax, operators, redundantParentheses }: Parsed<ConditionSyntax>): void => {
  const faults = new Faults<Kind>([
    "parentheses",
    "operators",
    "unknownFunction",
    "foreignFunction",
    "misusedFunction",
    "reserved",
  ]);
  if (redundantParentheses) faults.note("parentheses", "The expression has redundant parentheses;");
  if (operators > MAX_OPERATORS)
    faults.note("operators", `The expression contains too many operators; operator count: ${MAX_OPERATORS + 1}`);
  // So many operators may nest deeper than the stack is.
  else checkCondition(syntax, faults);
  faults.throwFirst();
};

const checkCondition = (condition: ConditionSyntax, faults: Faults<Kind>): void => {
  switch (condition.kind) {
    case "and":
    case "or":
      checkCondition(condition.left, faults);
      checkCondition(condition.right, faults);
      return;
    case "not":
      checkCondition(condition.condition, faults);
      return;
    case "call":
      checkOperand(condition, faults, true);
      return;
    case "comparison":
      for (const operand of condition.operands) checkOperand(operand, faults, false);
  }
};

const checkOperand = (operand: OperandSyntax, faults: Faults<Kind>, isCondition: boolean): void => {
  if (operand.kind === "value") return;
  if (operand.kind === "path") {
    const fault = reservedFault(operand);
    if (fault !== undefined) faults.note("reserved", fault);
    return;
  }
  for (const arg of operand.args) checkOperand(arg, faults, false);
  const fault = callNameFault(operand, "condition");
  if (fault !== undefined) faults.note(fault.kind, fault.message);
  // size has a value, not a truth; with the others it is the other way round.
  else if (isCondition === (operand.name === "size")) faults.note("misusedFunction", misusedFunction(operand));
};
