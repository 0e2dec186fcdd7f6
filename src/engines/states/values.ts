import { isJsonObject, type JsonObject, type JsonValue } from "../../kernel/json.ts";

/** A member of a definition that is text. */
export const textOf = (object: JsonObject, member: string): string | undefined => {
  const value = object[member];
  return typeof value === "string" ? value : undefined;
};

export const numberOf = (object: JsonObject, member: string): number | undefined => {
  const value = object[member];
  return typeof value === "number" ? value : undefined;
};

export const objectOf = (object: JsonObject, member: string): JsonObject | undefined => {
  const value = object[member];
  return isJsonObject(value) ? value : undefined;
};

export const listOf = (value: JsonValue | undefined): readonly JsonValue[] => (Array.isArray(value) ? value : []);

/** The members of a list that are objects. */
export const objectsOf = (object: JsonObject, member: string): readonly JsonObject[] =>
  listOf(object[member]).filter(isJsonObject);
