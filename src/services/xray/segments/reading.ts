import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { own } from "../../../kernel/own.ts";

/** A member of a document, or of an object within it. */
export const member = (document: JsonObject, ...path: readonly string[]): JsonValue | undefined => {
  let value: JsonValue | undefined = document;
  for (const name of path) value = isJsonObject(value) ? own(value, name) : undefined;
  return value;
};

export const textOf = (document: JsonObject, ...path: readonly string[]): string | undefined => {
  const value = member(document, ...path);
  return typeof value === "string" ? value : undefined;
};

export const numberOf = (document: JsonObject, ...path: readonly string[]): number | undefined => {
  const value = member(document, ...path);
  return typeof value === "number" ? value : undefined;
};

export const isTrue = (document: JsonObject, ...path: readonly string[]): boolean => member(document, ...path) === true;

export const objectsOf = (document: JsonObject, ...path: readonly string[]): readonly JsonObject[] => {
  const value = member(document, ...path);
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
};
