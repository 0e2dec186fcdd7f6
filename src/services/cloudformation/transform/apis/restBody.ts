import type { Context, SamResource } from "../context.ts";
import { InvalidResource, InvalidStructure } from "../errors.ts";
import { isIntrinsic } from "../intrinsics.ts";
import { addPreflight, type RestCors } from "../openapi/cors.ts";
import { toOpenApi3 } from "../openapi/postprocess.ts";
import { RestDocument } from "../openapi/restDocument.ts";
import { Dict, isDict, isText, literal, textOf, truthy, type Value } from "../values/value.ts";
import { addGatewayResponses } from "./gatewayResponses.ts";
import { checkValid, requireBody } from "./inlineDocument.ts";
import { addAuth } from "./restAuth.ts";

/** Writes what the API's properties declare into its inline OpenAPI document, and answers the document. */
export const addDeclaredParts = (resource: SamResource, context: Context): Value => {
  const { properties } = resource;
  let body = properties.get("DefinitionBody");
  body = addCors(resource, body);
  body = addAuth(resource, body, context);
  body = addGatewayResponses(resource, body);
  const mediaTypes = properties.get("BinaryMediaTypes");
  if (truthy(mediaTypes) && truthy(body)) {
    const document = new RestDocument(body);
    document.setBinaryMediaTypes(mediaTypes);
    body = document.finished();
  }
  body = addModels(resource, body);
  const disabled = properties.get("DisableExecuteApiEndpoint");
  if (disabled === null) return body;
  if (!truthy(body)) {
    throw new InvalidResource(
      resource.logicalId,
      "DisableExecuteApiEndpoint works only within 'DefinitionBody' property.",
    );
  }
  const document = new RestDocument(body);
  document.disableExecuteApiEndpoint(disabled);
  return document.finished();
};

const CORS_KEYS = ["AllowMethods", "AllowHeaders", "AllowOrigin", "MaxAge", "AllowCredentials"];
const ANY_ORIGIN = "'*'";

const addCors = ({ logicalId, properties }: SamResource, body: Value): Value => {
  const cors = properties.get("Cors");
  if (!truthy(cors)) return body;
  requireBody(logicalId, body, "Cors");
  const settings = readCors(logicalId, cors);
  checkValid(logicalId, body, "Cors configuration");
  if (settings.credentials === true && textOf(settings.origins) === ANY_ORIGIN) {
    throw new InvalidResource(
      logicalId,
      "Unable to add Cors configuration because 'AllowCredentials' can not be true when 'AllowOrigin' is \"'*'\" or not set",
    );
  }
  const document = new RestDocument(body);
  const done = new Set<string>();
  for (const path of document.paths.keys()) {
    // AWS: `/path` and `/path/` are one resource; only the first gets the method.
    const normalized = path === "/" ? path : path.replace(/\/+$/, "");
    if (done.has(normalized)) continue;
    done.add(normalized);
    if (!truthy(settings.origins)) {
      const problem = new InvalidStructure("Invalid input. Value for AllowedOrigins is required");
      throw new InvalidResource(logicalId, problem.message);
    }
    addPreflight(document, path, settings);
  }
  return document.finished();
};

const readCors = (logicalId: string, cors: Value): RestCors => {
  const settings = isText(cors) || isIntrinsic(cors) ? Dict.plain({ AllowOrigin: cors }) : cors;
  if (!isDict(settings)) throw new InvalidResource(logicalId, "Invalid value for 'Cors' property");
  const unknown = settings.keys().find((key) => !CORS_KEYS.includes(key));
  if (unknown !== undefined) throw new InvalidResource(logicalId, `Invalid key '${unknown}' for 'Cors' property.`);
  return {
    origins: settings.has("AllowOrigin") ? settings.get("AllowOrigin") : literal(ANY_ORIGIN),
    headers: settings.get("AllowHeaders"),
    methods: settings.get("AllowMethods"),
    maxAge: settings.get("MaxAge"),
    credentials: settings.get("AllowCredentials"),
  };
};

const addModels = ({ logicalId, properties }: SamResource, body: Value): Value => {
  const models = properties.get("Models");
  if (!isDict(models) || models.size === 0) return body;
  requireBody(logicalId, body, "Models");
  checkValid(logicalId, body, "Models definitions");
  if (!models.values().every(isDict)) throw new InvalidResource(logicalId, "Invalid value for 'Models' property");
  const document = new RestDocument(body);
  document.addModels(models);
  return toOpenApi3(document.finished(), properties.get("OpenApiVersion"));
};
