import { type AttributeType, typeOf } from "../values/attributeValue.ts";
import type { Action, Update } from "./ast.ts";
import { ExpressionFault } from "./fault.ts";
import type { Placeholders } from "./placeholders.ts";
import { assignedOf, type ResolvedAssigned, resolveAssigned } from "./resolveAssigned.ts";
import { resolveValue } from "./resolveOperand.ts";
import { assertDistinctPaths, resolvePath } from "./resolvePath.ts";
import type { ActionSyntax, AssignedSyntax, UpdateSyntax } from "./syntax.ts";

/**
 * Resolves an update whose syntax was checked. Throws ExpressionFault: AWS looks at all paths, then at all values,
 * then at overlaps, at the operands of ADD and DELETE, and last at the operands of functions.
 */
export const resolveUpdate = ({ actions }: UpdateSyntax, placeholders: Placeholders): Update => {
  for (const action of actions) resolvePaths(action, placeholders);
  const resolved = actions.map((action) => resolveAction(action, placeholders));
  assertDistinctPaths(resolved.map(({ path }) => path));
  for (const action of resolved) if (action.kind === "add" || action.kind === "delete") checkOperand(action);
  return {
    actions: resolved.map((action): Action => {
      return action.kind === "set" ? { ...action, value: assignedOf(action.value) } : action;
    }),
    mismatch: "An operand in the update expression has an incorrect data type",
  };
};

type ResolvedAction =
  | Exclude<Action, { readonly kind: "set" }>
  | { readonly kind: "set"; readonly path: Action["path"]; readonly value: ResolvedAssigned };

const resolvePaths = (action: ActionSyntax, placeholders: Placeholders): void => {
  resolvePath(action.path, placeholders);
  if (action.kind === "SET") resolvePathsOf(action.value, placeholders);
};

const resolvePathsOf = (assigned: AssignedSyntax, placeholders: Placeholders): void => {
  if (assigned.kind === "path") resolvePath(assigned, placeholders);
  if (assigned.kind === "call") for (const arg of assigned.args) resolvePathsOf(arg, placeholders);
  if (assigned.kind !== "arithmetic") return;
  resolvePathsOf(assigned.left, placeholders);
  resolvePathsOf(assigned.right, placeholders);
};

const resolveAction = (action: ActionSyntax, placeholders: Placeholders): ResolvedAction => {
  const path = resolvePath(action.path, placeholders);
  if (action.kind === "REMOVE") return { kind: "remove", path };
  if (action.kind === "SET") return { kind: "set", path, value: resolveAssigned(action.value, placeholders) };
  const kind = action.kind === "ADD" ? "add" : "delete";
  return { kind, path, value: resolveValue(action.value.placeholder, placeholders) };
};

// AWS spells the types out here, and only here.
const TYPE_WORDS: Readonly<Partial<Record<AttributeType, string>>> = {
  S: "STRING",
  N: "NUMBER",
  B: "BINARY",
  BOOL: "BOOLEAN",
  NULL: "NULL",
  L: "LIST",
  M: "MAP",
};

const checkOperand = ({ kind, value }: Extract<Action, { readonly kind: "add" | "delete" }>): void => {
  const type = typeOf(value);
  const word = TYPE_WORDS[type];
  if (word === undefined || (kind === "add" && type === "N")) return;
  const section = kind.toUpperCase();
  throw new ExpressionFault(
    `Incorrect operand type for operator or function; operator: ${section}, operand type: ${word}, ` +
      `typeSet: ALLOWED_FOR_${section}_OPERAND`,
  );
};
