import type { Context, SamResource } from "../context.ts";
import { InvalidResource } from "../errors.ts";
import { expectString, resource as resourceSubject } from "../expect.ts";
import { isIntrinsic, isNoValue } from "../intrinsics.ts";
import { DEFAULT_PATH, getDeep } from "../openapi/document.ts";
import { HttpDocument } from "../openapi/httpDocument.ts";
import { Dict, isDict, literal, sameValue, truthy, type Value } from "../values/value.ts";
import { httpAuthorizers, securityScheme } from "./httpAuthorizer.ts";

/** Writes what the HTTP API's properties declare into its inline OpenAPI document, and answers the document. */
export const addHttpDeclaredParts = (
  resource: SamResource,
  tags: Dict | undefined,
  markTag: string,
  context: Context,
): Value => {
  let body = resource.properties.get("DefinitionBody");
  body = addCors(resource, body);
  body = addAuth(resource, body, context);
  body = addTags(resource, body, tags, markTag);
  body = addEndpoint(resource, body);
  body = addTitle(resource, body);
  body = addDescription(resource, body);
  renameDefaultPath(resource, body);
  return body;
};

const requireBody = (logicalId: string, body: Value, message: string): void => {
  if (!truthy(body)) throw new InvalidResource(logicalId, message);
};

const requireValid = (logicalId: string, body: Value, what: string): HttpDocument => {
  if (HttpDocument.isValid(body)) return new HttpDocument(body);
  throw new InvalidResource(
    logicalId,
    `Unable to add ${what} because 'DefinitionBody' does not contain a valid OpenApi definition.`,
  );
};

const CORS_KEYS = ["AllowMethods", "AllowHeaders", "AllowOrigins", "MaxAge", "ExposeHeaders", "AllowCredentials"];

const addCors = ({ logicalId, properties }: SamResource, body: Value): Value => {
  const cors = properties.get("CorsConfiguration");
  if (!truthy(cors)) return body;
  requireBody(logicalId, body, "Cors works only with inline OpenApi specified in 'DefinitionBody' property.");
  const settings = readCors(logicalId, cors);
  const document = requireValid(logicalId, body, "Cors configuration");
  if (settings.get("AllowCredentials") === true && sameValue(settings.get("AllowOrigins"), ["*"])) {
    throw new InvalidResource(
      logicalId,
      "Unable to add Cors configuration because 'AllowCredentials' can not be true when 'AllowOrigin' is \"'*'\" or not set.",
    );
  }
  document.setCors(settings);
  return document.finished();
};

const readCors = (logicalId: string, cors: Value): Dict => {
  if (typeof cors === "boolean") return Dict.plain({ AllowOrigins: ["*"] });
  if (isIntrinsic(cors)) return Dict.plain({ AllowOrigins: cors });
  if (!isDict(cors)) throw new InvalidResource(logicalId, "Invalid value for 'Cors' property.");
  const unknown = cors.keys().find((key) => !CORS_KEYS.includes(key));
  if (unknown === undefined) return cors;
  throw new InvalidResource(logicalId, `Invalid key '${unknown}' for 'Cors' property.`);
};

const addAuth = ({ logicalId, properties }: SamResource, body: Value, context: Context): Value => {
  const auth = properties.get("Auth");
  if (!isDict(auth) || auth.size === 0) return body;
  requireBody(logicalId, body, "Auth works only with inline OpenApi specified in the 'DefinitionBody' property.");
  if (!auth.keys().every((key) => ["Authorizers", "DefaultAuthorizer", "EnableIamAuthorizer"].includes(key))) {
    throw new InvalidResource(logicalId, "Invalid value for 'Auth' property");
  }
  const document = requireValid(logicalId, body, "Auth configuration");
  const authorizers = httpAuthorizers(logicalId, auth.get("Authorizers"), auth.get("EnableIamAuthorizer"));
  for (const [name, authorizer] of authorizers) {
    document.securitySchemes.set(name, securityScheme(authorizer, context.partition));
  }
  const byDefault = auth.get("DefaultAuthorizer");
  if (truthy(byDefault) && !isNoValue(byDefault)) {
    const name = expectString(byDefault, resourceSubject(logicalId), "Auth.DefaultAuthorizer");
    const authorizer = authorizers.get(name);
    if (!authorizer) {
      throw new InvalidResource(
        logicalId,
        `Unable to set DefaultAuthorizer because '${name}' was not defined in 'Authorizers'.`,
      );
    }
    for (const path of document.paths.keys()) document.setDefaultAuthorizer(path, name, authorizer.scopes);
  }
  return document.finished();
};

const addTags = ({ logicalId, properties }: SamResource, body: Value, tags: Dict | undefined, mark: string): Value => {
  const given = truthy(properties.get("Tags"));
  if (given) {
    requireBody(logicalId, body, "Tags works only with inline OpenApi specified in the 'DefinitionBody' property.");
    requireValid(logicalId, body, "`Tags`");
  }
  if (!HttpDocument.isValid(body) || !tags) return body;
  tags.set(mark, literal("SAM"));
  const document = new HttpDocument(body);
  document.addTags(tags);
  return document.finished();
};

const addEndpoint = ({ logicalId, properties }: SamResource, body: Value): Value => {
  const disabled = properties.get("DisableExecuteApiEndpoint");
  if (disabled === null) return body;
  requireBody(logicalId, body, "DisableExecuteApiEndpoint works only within 'DefinitionBody' property.");
  const document = new HttpDocument(body);
  document.disableExecuteApiEndpoint(disabled);
  return document.finished();
};

const addTitle = ({ logicalId, properties }: SamResource, body: Value): Value => {
  const name = properties.get("Name");
  if (!truthy(name)) return body;
  requireBody(logicalId, body, "Name works only with inline OpenApi specified in the 'DefinitionBody' property.");
  const found = getDeep(body, ["info", "title"]);
  if ("problem" in found) throw new InvalidResource(logicalId, `Invalid 'DefinitionBody': ${found.problem}.`);
  if (!HttpDocument.isDefaultTitle(found.value)) {
    throw new InvalidResource(
      logicalId,
      "Unable to set Name because it is already defined within inline OpenAPI specified in the 'DefinitionBody' property.",
    );
  }
  const document = new HttpDocument(body);
  document.info.put("title", name);
  return document.finished();
};

const addDescription = ({ logicalId, properties }: SamResource, body: Value): Value => {
  const description = properties.get("Description");
  if (!truthy(description)) return body;
  requireBody(
    logicalId,
    body,
    "Description works only with inline OpenApi specified in the 'DefinitionBody' property.",
  );
  const found = getDeep(body, ["info", "description"]);
  if ("problem" in found) throw new InvalidResource(logicalId, `Invalid 'DefinitionBody': ${found.problem}'.`);
  if (truthy(found.value)) {
    throw new InvalidResource(
      logicalId,
      "Unable to set Description because it is already defined within inline OpenAPI specified in the 'DefinitionBody' property.",
    );
  }
  const document = new HttpDocument(body);
  document.info.put("description", description);
  return document.finished();
};

/** AWS: with warnings as failures, API Gateway takes the default route only with a slash before it. */
const renameDefaultPath = ({ properties }: SamResource, body: Value): void => {
  if (!truthy(properties.get("FailOnWarnings")) || !isDict(body)) return;
  const paths = body.get("paths");
  if (!isDict(paths) || !paths.has(DEFAULT_PATH)) return;
  const route = paths.get(DEFAULT_PATH);
  paths.delete(DEFAULT_PATH);
  paths.put(`/${DEFAULT_PATH}`, route);
};
