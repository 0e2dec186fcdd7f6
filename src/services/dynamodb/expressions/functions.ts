import type { CallSyntax } from "./syntax.ts";

/** The functions of conditions and how many operands each takes. */
export const CONDITION_FUNCTIONS: ReadonlyMap<string, number> = new Map([
  ["attribute_exists", 1],
  ["attribute_not_exists", 1],
  ["attribute_type", 2],
  ["begins_with", 2],
  ["contains", 2],
  ["size", 1],
]);

/** The functions of updates and how many operands each takes. */
export const UPDATE_FUNCTIONS: ReadonlyMap<string, number> = new Map([
  ["if_not_exists", 2],
  ["list_append", 2],
]);

/** Kinds of faults that a call can have by its place alone. */
export type CallFault = "unknownFunction" | "foreignFunction" | "misusedFunction";

/** What is wrong with a call's name in this kind of expression. Names are written in lower case. */
export const callNameFault = (
  { name }: CallSyntax,
  expression: "condition" | "update",
): { readonly kind: CallFault; readonly message: string } | undefined => {
  const [own, foreign] =
    expression === "condition" ? [CONDITION_FUNCTIONS, UPDATE_FUNCTIONS] : [UPDATE_FUNCTIONS, CONDITION_FUNCTIONS];
  if (own.has(name)) return undefined;
  const place = expression === "condition" ? "a condition" : "an update";
  return foreign.has(name)
    ? { kind: "foreignFunction", message: `The function is not allowed in ${place} expression; function: ${name}` }
    : { kind: "unknownFunction", message: `Invalid function name; function: ${name}` };
};

/** AWS's words for a function in a place where it may not be. */
export const misusedFunction = ({ name }: CallSyntax): string =>
  `The function is not allowed to be used this way in an expression; function: ${name}`;
