import type { JsonObject, JsonValue } from "../../kernel/json.ts";
import { own } from "../../kernel/own.ts";
import { runtimeFailure } from "./failure.ts";
import { readPath, type Scope } from "./path.ts";
import { objectOf, objectsOf, textOf } from "./values.ts";

/** Whether a rule of a Choice state holds. https://states-language.net/#choice-state */
export const ruleHolds = (rule: JsonObject, scope: Scope): boolean => {
  if ("And" in rule) return objectsOf(rule, "And").every((inner) => ruleHolds(inner, scope));
  if ("Or" in rule) return objectsOf(rule, "Or").some((inner) => ruleHolds(inner, scope));
  const not = objectOf(rule, "Not");
  if (not) return !ruleHolds(not, scope);
  const variable = textOf(rule, "Variable") ?? "";
  const value = readPath(variable, scope);
  const [operator = "", operand = null] = Object.entries(rule).find(([name]) => isOperator(name)) ?? [];
  // A path that may name several things and names none is not there either.
  const present = value !== undefined && !(Array.isArray(value) && value.length === 0 && /\[\?|\*|\.\./.test(variable));
  if (operator === "IsPresent") return present === operand;
  if (value === undefined)
    throw runtimeFailure(`Invalid path '${variable}': The choice state's condition path references an invalid value.`);
  return compare(operator, value, operand, scope);
};

const compare = (operator: string, value: JsonValue, operand: JsonValue, scope: Scope): boolean => {
  const type = own(TYPES, operator);
  if (type) return type(value) === operand;
  if (operator === "StringMatches") return typeof value === "string" && wildcard(String(operand)).test(value);
  const byPath = operator.endsWith("Path");
  const other = byPath ? readPath(String(operand), scope) : operand;
  if (other === undefined)
    throw runtimeFailure(
      `Invalid path '${String(operand)}': The choice state's condition path references an invalid value.`,
    );
  const [, kind = "", relation = ""] = COMPARISON.exec(byPath ? operator.slice(0, -"Path".length) : operator) ?? [];
  const order = orderOf(kind, value, other);
  return order !== undefined && (RELATIONS[relation]?.(order) ?? false);
};

const COMPARISON = /^(Boolean|Numeric|String|Timestamp)(Equals|GreaterThan|GreaterThanEquals|LessThan|LessThanEquals)$/;

/** Whether a member of a rule is its comparison. */
export const isOperator = (name: string): boolean =>
  Object.hasOwn(TYPES, name) ||
  name === "IsPresent" ||
  name === "StringMatches" ||
  COMPARISON.test(name.replace(/Path$/, ""));

const RELATIONS: Readonly<Record<string, (order: number) => boolean>> = {
  Equals: (order) => order === 0,
  GreaterThan: (order) => order > 0,
  GreaterThanEquals: (order) => order >= 0,
  LessThan: (order) => order < 0,
  LessThanEquals: (order) => order <= 0,
};

/** Negative, zero or positive; undefined when the two are not both of the kind. */
const orderOf = (kind: string, a: JsonValue, b: JsonValue): number | undefined => {
  if (kind === "Boolean") return typeof a === "boolean" && typeof b === "boolean" ? Number(a) - Number(b) : undefined;
  if (kind === "Numeric") return typeof a === "number" && typeof b === "number" ? a - b : undefined;
  if (typeof a !== "string" || typeof b !== "string") return undefined;
  if (kind === "String") return a === b ? 0 : a < b ? -1 : 1;
  return isTimestamp(a) && isTimestamp(b) ? Date.parse(a) - Date.parse(b) : undefined;
};

const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

/** RFC 3339 with a capital T and a zone. */
export const isTimestamp = (value: JsonValue): boolean =>
  typeof value === "string" && TIMESTAMP.test(value) && !Number.isNaN(Date.parse(value));

const TYPES: Readonly<Record<string, (value: JsonValue) => boolean>> = {
  IsNull: (value) => value === null,
  IsNumeric: (value) => typeof value === "number",
  IsString: (value) => typeof value === "string",
  IsBoolean: (value) => typeof value === "boolean",
  IsTimestamp: isTimestamp,
};

/** `*` stands for any text; `\*` and `\\` for themselves. */
const wildcard = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern.replace(/\\([*\\])|\*|[\\^$.+?()[\]{}|/]/g, (all, escaped?: string) => (escaped ? `\\${escaped}` : all === "*" ? "[\\s\\S]*" : `\\${all}`))}$`,
  );
