import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { callOf, isUnknown } from "../template/intrinsics/intrinsic.ts";
import { subParts, subPieces } from "../template/intrinsics/sub.ts";
import type { Resolver } from "../template/resolve.ts";

/**
 * Evaluates the functions of which everything is known while a template is transformed.
 *
 * AWS: of the functions that AWS::LanguageExtensions adds, this includes those that ask for parameters; others are
 * evaluated only when their arguments are literal. What hangs on a resource stays as it stands.
 */
export const foldFunctions = (node: JsonValue, evaluate: Resolver): JsonValue => {
  if (Array.isArray(node)) return node.map((item) => foldFunctions(item, evaluate));
  if (!isJsonObject(node)) return node;
  const folded: JsonObject = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, foldFunctions(value, evaluate)]),
  );
  const call = callOf(folded);
  if (call === undefined || !isKnown(call.name, call.argument)) return folded;
  const value = evaluate.value(folded);
  return value === undefined || isUnknown(value) ? folded : value;
};

const EXTENSIONS = new Set(["Fn::Length", "Fn::ToJsonString"]);
const LITERAL = new Set(["Fn::Base64", "Fn::Join", "Fn::Select", "Fn::Split"]);

const isKnown = (name: string, argument: JsonValue): boolean => {
  if (EXTENSIONS.has(name)) return true;
  if (name === "Fn::Sub") return hasLiteralVariables(argument) && !holdsCall(argument);
  return LITERAL.has(name) && !holdsCall(argument);
};

const hasLiteralVariables = (argument: JsonValue): boolean => {
  const parts = subParts(argument);
  return (
    parts !== undefined &&
    subPieces(parts.text).every((piece) => piece.kind === "text" || Object.hasOwn(parts.variables, piece.name))
  );
};

const holdsCall = (node: JsonValue): boolean => {
  if (Array.isArray(node)) return node.some(holdsCall);
  if (!isJsonObject(node)) return false;
  return callOf(node) !== undefined || Object.values(node).some(holdsCall);
};
