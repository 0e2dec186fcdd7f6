import { isJsonObject, type JsonValue } from "../../../kernel/json.ts";
import type { TemplatePath } from "./errors.ts";
import { attributeParts } from "./intrinsics/getAtt.ts";
import { callOf } from "./intrinsics/intrinsic.ts";
import { takenBranch } from "./intrinsics/logic.ts";
import { subParts, subPieces } from "./intrinsics/sub.ts";

/** A place where a value names a parameter or a resource. */
export interface Reference {
  readonly by: "Ref" | "Fn::GetAtt" | "Fn::Sub";
  /** The parameter or resource named. */
  readonly target: string;
  /** Set when an attribute of a resource is meant; undefined too when a function makes its name. */
  readonly attribute: string | undefined;
  readonly path: TemplatePath;
}

/**
 * Every reference in a value. With `outcome`, only the branch that each Fn::If takes counts: AWS neither waits for
 * nor asks the existence of what the other names.
 */
export const referencesIn = (
  node: JsonValue,
  path: TemplatePath,
  outcome?: (condition: string) => boolean | undefined,
): readonly Reference[] => {
  const found: Reference[] = [];
  visit(node, path, { found, outcome });
  return found;
};

interface Search {
  readonly found: Reference[];
  readonly outcome: ((condition: string) => boolean | undefined) | undefined;
}

const visit = (node: JsonValue, path: TemplatePath, search: Search): void => {
  if (Array.isArray(node)) {
    for (const [index, item] of node.entries()) visit(item, [...path, index], search);
    return;
  }
  if (!isJsonObject(node)) return;
  const call = callOf(node);
  if (call === undefined) {
    for (const [key, item] of Object.entries(node)) visit(item, [...path, key], search);
    return;
  }
  visitCall(call.name, call.argument, [...path, call.name], search);
};

const visitCall = (name: string, argument: JsonValue, path: TemplatePath, search: Search): void => {
  switch (name) {
    case "Ref":
      if (typeof argument === "string") search.found.push({ by: "Ref", target: argument, attribute: undefined, path });
      return;
    case "Fn::GetAtt":
      visitGetAtt(argument, path, search);
      return;
    case "Fn::Sub":
      visitSub(argument, path, search);
      return;
    case "Fn::If":
      if (search.outcome === undefined) visit(argument, path, search);
      else visit(takenBranch(argument, search.outcome), path, search);
      return;
    default:
      visit(argument, path, search);
  }
};

const visitGetAtt = (argument: JsonValue, path: TemplatePath, search: Search): void => {
  const [target, ...attribute] = attributeParts(argument) ?? [];
  if (typeof target !== "string") return;
  const isLiteral = attribute.every((part) => typeof part === "string");
  search.found.push({ by: "Fn::GetAtt", target, attribute: isLiteral ? attribute.join(".") : undefined, path });
  visit(attribute, path, search);
};

const visitSub = (argument: JsonValue, path: TemplatePath, search: Search): void => {
  const parts = subParts(argument);
  if (parts === undefined) return;
  for (const piece of subPieces(parts.text)) {
    if (piece.kind !== "variable" || Object.hasOwn(parts.variables, piece.name)) continue;
    const [target = "", ...attribute] = piece.name.split(".");
    search.found.push({
      by: "Fn::Sub",
      target,
      attribute: attribute.length > 0 ? attribute.join(".") : undefined,
      path,
    });
  }
  visit(parts.variables, [...path, 1], search);
};
