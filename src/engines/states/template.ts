import { isJsonObject, type JsonObject, type JsonValue } from "../../kernel/json.ts";
import { type Chance, callIntrinsic } from "./intrinsics.ts";
import { noResults, pathNotFound, readPath, type Scope } from "./path.ts";

/** A payload template with its `name.$` members replaced by what their paths and functions give. */
export const fillTemplate = (template: JsonValue, scope: Scope, chance: Chance): JsonValue => {
  if (Array.isArray(template)) return template.map((item: JsonValue) => fillTemplate(item, scope, chance));
  if (!isJsonObject(template)) return template;
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) =>
      name.endsWith(".$") && typeof value === "string"
        ? [name.slice(0, -2), memberValue(name, value, scope, chance)]
        : [name, fillTemplate(value, scope, chance)],
    ),
  );
};

const memberValue = (field: string, expression: string, scope: Scope, chance: Chance): JsonValue => {
  if (expression.startsWith("States.")) return callIntrinsic(expression, scope, chance);
  const value = readPath(expression, scope);
  if (value === undefined) throw pathNotFound(expression, field, scope.input);
  return value;
};

/** An input or output path: `null` gives an empty object. */
export const selectPath = (path: JsonValue | undefined, value: JsonValue, scope: Scope): JsonValue => {
  if (path === undefined) return value;
  if (path === null) return {};
  const found = readPath(String(path), { ...scope, input: value });
  if (found === undefined) throw noResults(String(path));
  return found;
};

/** Variables with those that Assign names set. */
export const withAssigned = (variables: JsonObject, assigned: JsonValue): JsonObject =>
  isJsonObject(assigned) ? { ...variables, ...assigned } : variables;
