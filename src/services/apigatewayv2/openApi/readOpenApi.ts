import type { Cors } from "@aws-sdk/client-apigatewayv2";
import { parse } from "yaml";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { badRequest } from "../errors.ts";
import { MAX_REFERENCE_DEPTH } from "../limits.ts";
import { corsOf, type ImportedIntegration, integrationOf } from "./extensions.ts";
import { authorizersOf, type ImportedAuthorizer, securityOf } from "./security.ts";

/** An API as an OpenAPI 3 document describes it. */
export interface ImportedApi {
  readonly name: string;
  readonly description: string | undefined;
  readonly version: string | undefined;
  readonly cors: Cors | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly authorizers: readonly ImportedAuthorizer[];
  readonly routes: readonly ImportedRoute[];
  readonly warnings: readonly string[];
}

export interface ImportedRoute {
  readonly routeKey: string;
  readonly operationName: string | undefined;
  readonly integration: ImportedIntegration | undefined;
  /** The authorizer's name, and the scopes asked for. */
  readonly security: { readonly authorizer: string; readonly scopes: readonly string[] } | undefined;
}

/** Reads JSON or YAML. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-open-api.html */
export const readOpenApi = (body: string): ImportedApi => {
  const document = documentIn(body);
  const version = document["openapi"];
  if (typeof version !== "string" || !version.startsWith("3.")) {
    throw badRequest("Unable to import, invalid OpenAPI version: only OpenAPI 3.0 definitions are supported");
  }
  const info = objectAt(document, "info");
  const title = info["title"];
  if (typeof title !== "string") throw badRequest("Unable to import API without a title");
  const authorizers = authorizersOf(objectAt(objectAt(document, "components"), "securitySchemes"));
  const warnings: string[] = [];
  return {
    name: title,
    description: textAt(info, "description"),
    version: textAt(info, "version"),
    cors: corsOf(document["x-amazon-apigateway-cors"]),
    tags: tagsOf(document["tags"]),
    authorizers,
    routes: routesOf(document, authorizers, warnings),
    warnings,
  };
};

const documentIn = (body: string): JsonObject => {
  let document: unknown;
  try {
    document = body.trimStart().startsWith("{") ? JSON.parse(body) : parse(body);
  } catch (error) {
    throw badRequest(`Unable to parse the definition: ${error instanceof Error ? error.message : error}`);
  }
  if (!isJsonObject(document)) throw badRequest("Unable to parse the definition: it is no object");
  return document;
};

const METHODS = new Set(["get", "put", "post", "delete", "options", "head", "patch", "x-amazon-apigateway-any-method"]);

const routesOf = (
  document: JsonObject,
  authorizers: readonly ImportedAuthorizer[],
  warnings: string[],
): ImportedRoute[] =>
  Object.entries(objectAt(document, "paths")).flatMap(([path, item]) => {
    const resolved = resolveReference(document, item);
    return Object.entries(isJsonObject(resolved) ? resolved : {}).flatMap(([method, operation]) => {
      if (!METHODS.has(method.toLowerCase()) || !isJsonObject(operation)) return [];
      const routeKey = routeKeyOf(path, method.toLowerCase(), operation);
      const extension = resolveReference(document, operation["x-amazon-apigateway-integration"]);
      if (extension === undefined)
        warnings.push(`Ignoring the operation ${routeKey} without an x-amazon-apigateway-integration`);
      const route: ImportedRoute = {
        routeKey,
        operationName: textAt(operation, "operationId"),
        integration: extension === undefined ? undefined : integrationOf(extension, routeKey),
        security: securityOf(operation["security"] ?? document["security"], authorizers),
      };
      return [route];
    });
  });

const routeKeyOf = (path: string, method: string, operation: JsonObject): string => {
  if (path === "/$default" || operation["isDefaultRoute"] === true) return "$default";
  return `${method.startsWith("x-") ? "ANY" : method.toUpperCase()} ${path}`;
};

/** What a `$ref` within the document points at. */
const resolveReference = (document: JsonObject, value: JsonValue | undefined, depth = 0): JsonValue | undefined => {
  const reference = isJsonObject(value) ? value["$ref"] : undefined;
  if (typeof reference !== "string") return value;
  if (!reference.startsWith("#/") || depth > MAX_REFERENCE_DEPTH)
    throw badRequest(`Unable to resolve the reference ${reference}`);
  let found: JsonValue | undefined = document;
  for (const step of reference.slice(2).split("/")) {
    found = isJsonObject(found) ? found[step.replaceAll("~1", "/").replaceAll("~0", "~")] : undefined;
  }
  if (found === undefined) throw badRequest(`Unable to resolve the reference ${reference}`);
  return resolveReference(document, found, depth + 1);
};

const objectAt = (object: JsonObject, name: string): JsonObject => {
  const value = object[name];
  return isJsonObject(value) ? value : {};
};

const textAt = (object: JsonObject, name: string): string | undefined => {
  const value = object[name];
  return value === undefined || value === null ? undefined : String(value);
};

/** AWS: a tag of the document with a value becomes a tag of the API. */
const tagsOf = (tags: JsonValue | undefined): Record<string, string> =>
  Object.fromEntries(
    (Array.isArray(tags) ? tags : []).flatMap((tag) => {
      const value = isJsonObject(tag) ? tag["x-amazon-apigateway-tag-value"] : undefined;
      return isJsonObject(tag) && value !== undefined ? [[String(tag["name"]), String(value)]] : [];
    }),
  );
