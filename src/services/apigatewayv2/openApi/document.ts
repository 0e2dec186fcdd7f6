import { isScalar, parseDocument, visit } from "yaml";
import { resolverWith, textAt } from "../../../engines/gateway/documentParts.ts";
import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import { badRequest } from "../errors.ts";

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
export const resolved = resolverWith(badRequest);

/** A version that JSON has as a number, `2.0`, as the text that it stood for. */
export const versionAt = (object: JsonObject, name: string): string | undefined => {
  const value = object[name];
  return typeof value === "number" && Number.isInteger(value) ? value.toFixed(1) : textAt(object, name);
};
