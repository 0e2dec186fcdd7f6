import { isJsonObject, type JsonObject, type JsonValue } from "../../kernel/json.ts";
import { StateFailure } from "./failure.ts";
import { type Chance, callIntrinsic } from "./intrinsics.ts";
import { readPath, type Scope } from "./path.ts";

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
  if (value === undefined) throw notFound(expression, field, scope.input);
  return value;
};

/** https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html: States.ParameterPathFailure */
const notFound = (path: string, field: string, input: JsonValue) =>
  new StateFailure(
    "States.ParameterPathFailure",
    `The JSONPath '${path}' specified for the field '${field}' could not be found in the input '${JSON.stringify(input)}'`,
  );

/** An input or output path: `null` gives an empty object. */
export const selectPath = (path: JsonValue | undefined, value: JsonValue, scope: Scope, field: string): JsonValue => {
  if (path === undefined) return value;
  if (path === null) return {};
  const found = readPath(String(path), { ...scope, input: value });
  if (found === undefined)
    throw new StateFailure(
      "States.Runtime",
      `Invalid path '${String(path)}' of ${field}: no results for it in '${JSON.stringify(value)}'`,
    );
  return found;
};

/** Variables with those that Assign names set. */
export const withAssigned = (variables: JsonObject, assigned: JsonValue): JsonObject =>
  isJsonObject(assigned) ? { ...variables, ...assigned } : variables;
