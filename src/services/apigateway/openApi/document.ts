import { parse } from "yaml";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { badRequest } from "../errors.ts";
import { MAX_REFERENCE_DEPTH } from "../limits.ts";

/** A definition as JSON: Swagger 2.0 or OpenAPI 3.0, from JSON or YAML. */
export const documentIn = (body: string): JsonObject => {
  let document: unknown;
  try {
    document = body.trimStart().startsWith("{") ? JSON.parse(body) : parse(body);
  } catch {
    // AWS: of one that cannot be read, it says no more than that.
    throw badRequest("Invalid OpenAPI input.");
  }
  if (!isJsonObject(document)) throw badRequest("Invalid OpenAPI input.");
  const { swagger, openapi } = document;
  // A version that YAML was given without quotes has come as a number.
  if (Number(swagger) !== 2 && openapi !== 3 && !/^3\.0/.test(String(openapi))) {
    throw badRequest("Invalid OpenAPI input: unsupported version; use Swagger 2.0 or OpenAPI 3.0");
  }
  return document;
};

/** What a `$ref` within the document points at. */
export const resolved = (document: JsonObject, value: JsonValue | undefined, depth = 0): JsonValue | undefined => {
  const reference = isJsonObject(value) ? value["$ref"] : undefined;
  if (typeof reference !== "string") return value;
  if (!reference.startsWith("#/") || depth > MAX_REFERENCE_DEPTH) {
    throw badRequest(`Unable to resolve the reference ${reference}`);
  }
  let found: JsonValue | undefined = document;
  for (const step of reference.slice(2).split("/")) {
    found = isJsonObject(found) ? found[step.replaceAll("~1", "/").replaceAll("~0", "~")] : undefined;
  }
  if (found === undefined) throw badRequest(`Unable to resolve the reference ${reference}`);
  return resolved(document, found, depth + 1);
};

export const objectAt = (object: JsonObject, name: string): JsonObject => {
  const value = object[name];
  return isJsonObject(value) ? value : {};
};

export const listAt = (object: JsonObject, name: string): readonly JsonValue[] => {
  const value = object[name];
  return Array.isArray(value) ? value : [];
};

export const textAt = (object: JsonObject, name: string): string | undefined => {
  const value = object[name];
  return value === undefined || value === null ? undefined : String(value);
};

/** The members of an object that are there, as texts. */
export const textsOf = (object: JsonObject): Record<string, string> =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, String(value)]));

/** An object without what it has not. */
export const present = <T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } => {
  const entries: (readonly unknown[])[] = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries);
};
