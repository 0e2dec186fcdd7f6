import { invalidParameter, validationError } from "../errors.ts";
import type { Action, Path, Update } from "../expressions/ast.ts";
import { type AttributeType, typeOf } from "../values/attributeValue.ts";
import { type InputValue, nameFault, readValue } from "../values/readValue.ts";

/** One entry of AttributeUpdates. */
export interface AttributeUpdateInput {
  readonly Action?: "PUT" | "ADD" | "DELETE" | undefined;
  readonly Value?: InputValue | undefined;
}

/** AttributeUpdates as an update. Names are whole: a dot in one is part of it. Throws ValidationException. */
export const updateOf = (updates: Readonly<Record<string, AttributeUpdateInput>>): Update => ({
  actions: Object.entries(updates).map(([name, entry]) => actionOf(name, entry)),
  mismatch: "Type mismatch for attribute to update",
});

const SETS: readonly AttributeType[] = ["SS", "NS", "BS"];
// AWS: unlike the update expression's, this ADD appends to lists.
const ADDABLE: readonly AttributeType[] = [...SETS, "N", "L"];

const actionOf = (name: string, { Action: action = "PUT", Value: input }: AttributeUpdateInput): Action => {
  const fault = nameFault(name);
  if (fault !== undefined) throw validationError(fault);
  const path: Path = [name];
  if (input === undefined) {
    if (action === "DELETE") return { kind: "remove", path };
    throw invalidParameter("Only DELETE action is allowed when no attribute value is specified");
  }
  const value = readValue(input);
  const type = typeOf(value);
  if (action === "PUT") return { kind: "set", path, value: { kind: "value", value } };
  if (action === "ADD") {
    if (!ADDABLE.includes(type)) throw invalidParameter(`ADD action is not supported for the type ${type}`);
    return { kind: "add", path, value };
  }
  if (!SETS.includes(type)) throw invalidParameter(`DELETE action with value is not supported for the type ${type}`);
  return { kind: "delete", path, value };
};
