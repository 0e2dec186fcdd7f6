import { isScalar, parseDocument, visit } from "yaml";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { badRequest } from "../errors.ts";
import { MAX_REFERENCE_DEPTH } from "../limits.ts";

/** An OpenAPI 3 definition as JSON, from JSON or YAML. */
export const documentIn = (body: string): JsonObject => {
  let document: unknown;
  try {
    document = body.trimStart().startsWith("{") ? JSON.parse(body) : yamlIn(body);
  } catch (error) {
    throw badRequest(`Unable to parse the definition: ${error instanceof Error ? error.message : error}`);
  }
  if (!isJsonObject(document)) throw badRequest("Unable to parse the definition: it is no object");
  const { openapi } = document;
  if (typeof openapi !== "string" || !openapi.startsWith("3.")) {
    throw badRequest("Unable to import, invalid OpenAPI version: only OpenAPI 3.0 definitions are supported");
  }
  return document;
};

const VERSIONS = new Set<unknown>(["authorizerPayloadFormatVersion", "openapi", "payloadFormatVersion", "version"]);

/** YAML in which versions without quotes, `2.0`, stay the texts that they are. */
const yamlIn = (text: string): unknown => {
  const document = parseDocument(text);
  const [fault] = document.errors;
  if (fault) throw fault;
  visit(document, {
    Pair: (_, { key, value }) => {
      if (!isScalar(key) || !VERSIONS.has(key.value) || !isScalar(value)) return;
      if (typeof value.value === "number") value.value = value.source ?? value.value;
    },
  });
  return document.toJS();
};

/** What a `$ref` within the document points at. */
export const resolved = (document: JsonObject, value: JsonValue | undefined, depth = 0): JsonValue | undefined => {
  const reference = isJsonObject(value) ? value["$ref"] : undefined;
  if (typeof reference !== "string") return value;
  const found = depth > MAX_REFERENCE_DEPTH ? undefined : referredTo(document, reference);
  if (found === undefined) throw badRequest(`Unable to resolve the reference ${reference}`);
  return resolved(document, found, depth + 1);
};

/** What stands at a reference such as `#/components/schemas/Pet`; undefined where there is nothing. */
export const referredTo = (document: JsonObject, reference: string): JsonValue | undefined => {
  if (!reference.startsWith("#/")) return undefined;
  let found: JsonValue | undefined = document;
  for (const step of reference.slice(2).split("/")) {
    found = isJsonObject(found) ? found[step.replaceAll("~1", "/").replaceAll("~0", "~")] : undefined;
  }
  return found;
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

/** A version that JSON has as a number, `2.0`, as the text that it stood for. */
export const versionAt = (object: JsonObject, name: string): string | undefined => {
  const value = object[name];
  return typeof value === "number" && Number.isInteger(value) ? value.toFixed(1) : textAt(object, name);
};

export const textsOf = (object: JsonObject): Record<string, string> =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, String(value)]));

/** An object without what it has not. */
export const present = <T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } => {
  const entries: (readonly unknown[])[] = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries);
};
