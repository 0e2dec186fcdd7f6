import type { AttributeType, AttributeValue } from "../values/attributeValue.ts";
import { typeOf } from "../values/attributeValue.ts";
import type { Path } from "./ast.ts";
import { ExpressionFault } from "./fault.ts";
import type { Placeholders } from "./placeholders.ts";
import { resolvePath } from "./resolvePath.ts";
import type { OperandSyntax } from "./syntax.ts";

/** An operand with its placeholders resolved, its calls not yet checked. */
export type ResolvedOperand =
  | { readonly kind: "path"; readonly path: Path }
  | { readonly kind: "value"; readonly value: AttributeValue }
  | ResolvedCall;

export interface ResolvedCall {
  readonly kind: "call";
  readonly name: string;
  readonly args: readonly ResolvedOperand[];
}

/** Resolves an operand's placeholders. Throws ExpressionFault for the first that is not defined. */
export const resolveOperand = (operand: OperandSyntax, placeholders: Placeholders): ResolvedOperand => {
  if (operand.kind === "path") return { kind: "path", path: resolvePath(operand, placeholders) };
  if (operand.kind === "value") return { kind: "value", value: resolveValue(operand.placeholder, placeholders) };
  const args = operand.args.map((arg) => resolveOperand(arg, placeholders));
  return { kind: "call", name: operand.name, args };
};

/** The value of a placeholder. Throws ExpressionFault when it is not defined. */
export const resolveValue = (placeholder: string, placeholders: Placeholders): AttributeValue => {
  const value = placeholders.value(placeholder);
  if (value === undefined)
    throw new ExpressionFault(
      `An expression attribute value used in expression is not defined; attribute value: ${placeholder}`,
    );
  return value;
};

/** The type that an operand is known to have before any item is seen. */
export const literalType = (operand: ResolvedOperand): AttributeType | undefined =>
  operand.kind === "value" ? typeOf(operand.value) : undefined;

/** AWS's words for an operand of a type that its operator or function does not take. */
export const operandTypeFault = (name: string, type: string): ExpressionFault =>
  new ExpressionFault(
    `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${type}`,
  );

/** AWS's words for a wrong number of operands. */
export const operandCountFault = ({ name, args }: ResolvedCall): ExpressionFault =>
  new ExpressionFault(
    `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${args.length}`,
  );

/** AWS's words for an operand that must be a path and is not. */
export const pathRequiredFault = (name: string): ExpressionFault =>
  new ExpressionFault(`Operator or function requires a document path; operator or function: ${name}`);
