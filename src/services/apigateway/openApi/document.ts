import { parse } from "yaml";
import { resolverWith } from "../../../engines/gateway/documentParts.ts";
import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import { badRequest } from "../errors.ts";

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
export const resolved = resolverWith(badRequest);
