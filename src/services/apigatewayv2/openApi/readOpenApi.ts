import type { Cors } from "@aws-sdk/client-apigatewayv2";
import { basedPaths } from "../../../engines/gateway/basePath.ts";
import { listAt, objectAt, textAt } from "../../../engines/gateway/documentParts.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { badRequest } from "../errors.ts";
import { documentIn, resolved, versionAt } from "./document.ts";
import { corsOf, type ImportedIntegration, integrationOf } from "./extensions.ts";
import { brokenReferences } from "./references.ts";
import { type ImportedAuthorizer, type ImportedSecurity, type Scheme, schemesOf, securityOf } from "./security.ts";

/** An API as an OpenAPI 3 document describes it. */
export interface ImportedApi {
  readonly name: string;
  readonly description: string | undefined;
  readonly version: string | undefined;
  readonly cors: Cors | undefined;
  readonly disableExecuteApiEndpoint: boolean | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly authorizers: readonly ImportedAuthorizer[];
  readonly routes: readonly ImportedRoute[];
  readonly warnings: readonly string[];
}

export interface ImportedRoute {
  readonly routeKey: string;
  readonly operationName: string | undefined;
  readonly integration: ImportedIntegration | undefined;
  readonly security: ImportedSecurity | undefined;
}

/** Reads JSON or YAML. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-open-api.html */
export const readOpenApi = (body: string, basePath: string | undefined): ImportedApi => {
  const document = documentIn(body);
  const info = objectAt(document, "info");
  const title = info["title"];
  if (typeof title !== "string") throw badRequest("Unable to import API without a title");
  const schemes = schemesOf(document);
  const warnings: string[] = [];
  return {
    name: title,
    description: textAt(info, "description"),
    version: versionAt(info, "version"),
    cors: corsOf(document["x-amazon-apigateway-cors"]),
    disableExecuteApiEndpoint: isEndpointDisabled(document),
    tags: tagsOf(document["tags"]),
    authorizers: [...schemes.values()].flatMap((scheme) => (scheme.kind === "authorizer" ? [scheme.authorizer] : [])),
    routes: routesOf(document, schemes, basedPaths(document, basePath), warnings),
    warnings,
  };
};

const METHODS = new Set(["get", "put", "post", "delete", "options", "head", "patch", "x-amazon-apigateway-any-method"]);

const routesOf = (
  document: JsonObject,
  schemes: ReadonlyMap<string, Scheme>,
  based: (path: string) => string,
  warnings: string[],
): ImportedRoute[] =>
  Object.entries(objectAt(document, "paths")).flatMap(([path, item]) => {
    const operations = resolved(document, item);
    return Object.entries(isJsonObject(operations) ? operations : {}).flatMap(([method, operation]) => {
      if (!METHODS.has(method.toLowerCase()) || !isJsonObject(operation)) return [];
      const routeKey = routeKeyOf(path, based, method.toLowerCase(), operation);
      warnings.push(...brokenReferences(document, path, method, operation));
      const extension = resolved(document, operation["x-amazon-apigateway-integration"]);
      const integration = isJsonObject(extension) ? integrationOf(extension) : undefined;
      if (!integration) warnings.push(withoutIntegration(routeKey, extension));
      const security = securityOf(document, operation, schemes, routeKey);
      return [{ routeKey, operationName: textAt(operation, "operationId"), integration, security }];
    });
  });

const withoutIntegration = (routeKey: string, extension: JsonValue | undefined): string => {
  if (!isJsonObject(extension)) {
    return `Ignoring the operation ${routeKey} without an x-amazon-apigateway-integration`;
  }
  const type = textAt(extension, "type") ?? "null";
  return `Unsupported integration type ${type} for the route ${routeKey}. HTTP APIs support AWS_PROXY and HTTP_PROXY`;
};

const routeKeyOf = (
  path: string,
  based: (path: string) => string,
  method: string,
  { isDefaultRoute }: JsonObject,
): string => {
  if (path === "/$default" || isDefaultRoute === true) return "$default";
  return `${method.startsWith("x-") ? "ANY" : method.toUpperCase()} ${based(path)}`;
};

/** Whether the API answers at its own address, where the document says so: of itself, or of its first server. */
const isEndpointDisabled = (document: JsonObject): boolean | undefined => {
  const [server] = listAt(document, "servers").filter(isJsonObject);
  const [own, first] = [document, server ?? {}].map((at) => objectAt(at, "x-amazon-apigateway-endpoint-configuration"));
  const said = first?.["disableExecuteApiEndpoint"] ?? own?.["disableExecuteApiEndpoint"];
  return said === undefined ? undefined : String(said) === "true";
};

/** AWS: a tag of the document with a value becomes a tag of the API. */
const tagsOf = (tags: JsonValue | undefined): Record<string, string> =>
  Object.fromEntries(
    (Array.isArray(tags) ? tags : []).flatMap((tag) => {
      const value = isJsonObject(tag) ? tag["x-amazon-apigateway-tag-value"] : undefined;
      return isJsonObject(tag) && value !== undefined ? [[String(tag["name"]), String(value)]] : [];
    }),
  );
