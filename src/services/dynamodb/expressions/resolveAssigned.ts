import { AssertionFailed } from "../../../kernel/errors.ts";
import type { AttributeType } from "../values/attributeValue.ts";
import type { Assigned } from "./ast.ts";
import { UPDATE_FUNCTIONS } from "./functions.ts";
import type { Placeholders } from "./placeholders.ts";
import {
  literalType,
  operandCountFault,
  operandTypeFault,
  pathRequiredFault,
  type ResolvedCall,
  type ResolvedOperand,
  resolveOperand,
} from "./resolveOperand.ts";
import type { AssignedSyntax } from "./syntax.ts";

/** What SET assigns with its placeholders resolved, its operands not yet checked. */
export type ResolvedAssigned =
  | ResolvedOperand
  | {
      readonly kind: "arithmetic";
      readonly operator: "+" | "-";
      readonly left: ResolvedAssigned;
      readonly right: ResolvedAssigned;
    };

/** Resolves the placeholders of what SET assigns. Throws ExpressionFault for the first that is not defined. */
export const resolveAssigned = (assigned: AssignedSyntax, placeholders: Placeholders): ResolvedAssigned => {
  if (assigned.kind !== "arithmetic") return resolveOperand(assigned, placeholders);
  const left = resolveAssigned(assigned.left, placeholders);
  return { ...assigned, left, right: resolveAssigned(assigned.right, placeholders) };
};

/** Checks the operands of what SET assigns, inner ones first. Throws ExpressionFault. */
export const assignedOf = (assigned: ResolvedAssigned): Assigned => {
  if (assigned.kind === "path" || assigned.kind === "value") return assigned;
  if (assigned.kind === "call") return callOf(assigned);
  const { operator } = assigned;
  const left = assignedOf(assigned.left);
  const right = assignedOf(assigned.right);
  assertType(operator, assigned.left, "N");
  assertType(operator, assigned.right, "N");
  return { kind: "arithmetic", operator, left, right };
};

const callOf = (call: ResolvedCall): Assigned => {
  const { name, args } = call;
  const operands = args.map(assignedOf);
  if (args.length !== UPDATE_FUNCTIONS.get(name)) throw operandCountFault(call);
  const [first, second] = operands;
  if (first === undefined || second === undefined) throw new AssertionFailed(`${name} without its operands`);
  if (name === "if_not_exists") {
    if (first.kind !== "path") throw pathRequiredFault(name);
    return { kind: "ifNotExists", path: first.path, otherwise: second };
  }
  for (const arg of args) assertType(name, arg, "L");
  return { kind: "listAppend", first, second };
};

const assertType = (name: string, operand: ResolvedAssigned, required: AttributeType): void => {
  if (operand.kind === "arithmetic") return;
  const type = literalType(operand);
  if (type !== undefined && type !== required) throw operandTypeFault(name, type);
};
