import { isServiceUri } from "../../engines/gateway/serviceRequest.ts";
import { NotImplemented } from "../../kernel/errors.ts";
import { unescaped } from "./dataPlane/resourcePolicy.ts";
import { checkTemplate } from "./dataPlane/templates.ts";
import { badRequest, conflict } from "./errors.ts";
import { findPart, partsOf } from "./find.ts";
import { MAX_INTEGRATION_TIMEOUT_MS, MAX_PAYLOAD_BYTES, MIN_INTEGRATION_TIMEOUT_MS } from "./limits.ts";
import type {
  AuthorizerRecord,
  IntegrationRecord,
  MethodRecord,
  ModelRecord,
  ResourceRecord,
  RestApiRecord,
} from "./records.ts";
import type { Room } from "./room.ts";

const API_ID_LENGTH = 10;
export const RESOURCE_ID_LENGTH = 6;
export const PART_ID_LENGTH = 6;

/** Makes an API with its root resource and the models it begins with, usually the two that AWS gives every API. */
export const newApi = (
  room: Room,
  given: Partial<RestApiRecord> & { readonly name: string },
  models = defaultModels(room),
): RestApiRecord => {
  const root: ResourceRecord = { id: room.ids.lower(API_ID_LENGTH), path: "/" };
  if (given.description === "") throw badRequest("Description cannot be an empty string");
  const { types = ["EDGE"], ...endpoint } = given.endpointConfiguration ?? {};
  const api: RestApiRecord = {
    apiKeySource: "HEADER",
    disableExecuteApiEndpoint: false,
    tags: {},
    ...given,
    endpointConfiguration: { ipAddressType: types.includes("PRIVATE") ? "dualstack" : "ipv4", ...endpoint, types },
    id: room.ids.lower(API_ID_LENGTH),
    createdAt: room.clock.now(),
    rootResourceId: root.id,
  };
  checkApi(api);
  room.records.atomically(() => {
    room.restApis.put(api.id, api);
    room.resources.put([api.id, root.id], root);
    for (const model of models) room.models.put([api.id, model.name], model);
  });
  return api;
};

/** Names what of an API is not built, so that no API looks more guarded than it is. */
export const checkApi = ({ policy, endpointConfiguration, name, minimumCompressionSize }: RestApiRecord): void => {
  if (policy) checkPolicy(policy);
  if (endpointConfiguration) checkEndpoint(endpointConfiguration);
  if (name === "") throw badRequest("Name cannot be empty");
  if (minimumCompressionSize === undefined) return;
  if (!(minimumCompressionSize >= 0 && minimumCompressionSize <= MAX_PAYLOAD_BYTES)) {
    throw badRequest(`Invalid minimum compression size, must be between 0 and ${MAX_PAYLOAD_BYTES}`);
  }
};

const checkEndpoint = ({ types = [], ipAddressType }: NonNullable<RestApiRecord["endpointConfiguration"]>): void => {
  const [type] = types;
  if (type === undefined) throw badRequest("REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.");
  if (types.length > 1) throw badRequest("Cannot create an api with multiple Endpoint Types.");
  if (!["REGIONAL", "EDGE", "PRIVATE"].includes(type)) {
    throw badRequest("Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE");
  }
  if (ipAddressType !== undefined && !["ipv4", "dualstack"].includes(ipAddressType)) {
    throw badRequest("ipAddressType must be either ipv4 or dualstack.");
  }
  if (type === "PRIVATE" && ipAddressType === "ipv4") {
    throw badRequest("Only dualstack ipAddressType is supported for Private APIs.");
  }
};

const checkPolicy = (policy: string): void => {
  try {
    JSON.parse(unescaped(policy));
  } catch {
    throw badRequest("Invalid policy document. Please check the policy syntax and ensure that Principals are valid.");
  }
};

const defaultModels = ({ ids }: Room): ModelRecord[] => [
  {
    id: ids.lower(PART_ID_LENGTH),
    name: "Empty",
    description: "This is a default empty schema model",
    schema:
      '{\n  "$schema": "http://json-schema.org/draft-04/schema#",\n  "title" : "Empty Schema",\n  "type" : "object"\n}',
    contentType: "application/json",
  },
  {
    id: ids.lower(PART_ID_LENGTH),
    name: "Error",
    description: "This is a default error schema model",
    schema:
      '{\n  "$schema" : "http://json-schema.org/draft-04/schema#",\n  "title" : "Error Schema",\n  "type" : "object",\n  "properties" : {\n    "message" : { "type" : "string" }\n  }\n}',
    contentType: "application/json",
  },
];

/** Puts a resource below another. */
export const newResource = (room: Room, apiId: string, parentId: string, pathPart: string): ResourceRecord => {
  const parent = findPart(room.resources, "Resource", apiId, parentId);
  checkPathPart(pathPart);
  if (parent.pathPart?.endsWith("+}")) {
    throw badRequest(`Cannot create a child of a resource with a greedy path variable: ${parent.pathPart}`);
  }
  const siblings = partsOf(room.resources, apiId).filter((other) => other.parentId === parentId);
  if (siblings.some((other) => other.pathPart === pathPart)) {
    throw conflict(`Another resource with the same parent already has this name: ${pathPart}`);
  }
  const variable = siblings.find((other) => other.pathPart?.startsWith("{"));
  if (variable && pathPart.startsWith("{")) {
    throw badRequest(
      `A sibling (${variable.pathPart}) of this resource already has a variable path part -- only one is allowed`,
    );
  }
  const resource: ResourceRecord = {
    id: room.ids.lower(RESOURCE_ID_LENGTH),
    parentId,
    pathPart,
    path: `${parent.path === "/" ? "" : parent.path}/${pathPart}`,
  };
  room.resources.put([apiId, resource.id], resource);
  return resource;
};

export const checkPathPart = (pathPart: string): void => {
  if (/^(?:[a-zA-Z0-9._:-]+|\{[a-zA-Z0-9._:-]+\+?\})$/.test(pathPart)) return;
  throw badRequest(
    "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.",
  );
};

/** Refuses what AWS refuses of a method, and names what is not built instead of leaving it open. */
export const checkMethod = (room: Room, apiId: string, method: MethodRecord): void => {
  if (!/^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|ANY)$/.test(method.httpMethod)) {
    throw badRequest("Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY");
  }
  const { authorizationType, authorizerId, requestValidatorId } = method;
  if (!["NONE", "CUSTOM", "AWS_IAM", "COGNITO_USER_POOLS"].includes(authorizationType)) {
    throw badRequest("Invalid authorization type specified");
  }
  if (authorizationType === "COGNITO_USER_POOLS") {
    throw new NotImplemented(`apigateway's method authorization ${authorizationType}`);
  }
  if (authorizationType === "CUSTOM" && !(authorizerId && room.authorizers.has([apiId, authorizerId]))) {
    throw badRequest(
      "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.",
    );
  }
  if (requestValidatorId !== undefined && !room.validators.has([apiId, requestValidatorId])) {
    throw badRequest("Invalid Request Validator identifier specified");
  }
  for (const model of Object.values(method.requestModels ?? {})) {
    if (!room.models.has([apiId, model])) throw badRequest(`Invalid model identifier specified: ${model}`);
  }
  const names = Object.keys(method.requestParameters ?? {}).map((name) => name.split(".").slice(3).join("."));
  if (new Set(names).size < names.length) {
    throw badRequest("Parameter names must be unique across querystring, header and path");
  }
};

/** The same for an integration. */
export const checkIntegration = (integration: IntegrationRecord): void => {
  const { type, uri, timeoutInMillis = MAX_INTEGRATION_TIMEOUT_MS, passthroughBehavior } = integration;
  if (integration.responseTransferMode === "STREAM") throw new NotImplemented("apigateway's response streaming");
  if (type !== "MOCK" && integration.httpMethod === undefined) {
    throw badRequest("Enumeration value for HttpMethod must be non-empty");
  }
  checkUri(type, uri);
  if (timeoutInMillis < MIN_INTEGRATION_TIMEOUT_MS || timeoutInMillis > MAX_INTEGRATION_TIMEOUT_MS) {
    throw badRequest("Timeout should be between 50 ms and 29000 ms");
  }
  if (
    passthroughBehavior !== undefined &&
    !["WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER"].includes(passthroughBehavior)
  ) {
    throw badRequest("Invalid passthrough behavior specified");
  }
  for (const template of Object.values(integration.requestTemplates ?? {})) checkTemplate(template);
  for (const response of Object.values(integration.integrationResponses ?? {})) {
    for (const template of Object.values(response.responseTemplates ?? {})) checkTemplate(template);
  }
};

const checkUri = (type: IntegrationRecord["type"], uri = ""): void => {
  if (type === "MOCK") return;
  if (type === "HTTP" || type === "HTTP_PROXY") {
    if (!/^https?:\/\/./.test(uri)) throw badRequest("Invalid HTTP endpoint specified for URI");
    return;
  }
  if (!uri.startsWith("arn:")) throw badRequest("Invalid ARN specified in the request");
  if (!isServiceUri(uri)) throw badRequest("AWS ARN for integration must contain path or action");
  if (type === "AWS" || /:lambda:path\/[\d-]+\/functions\/.+\/invocations$/.test(uri)) return;
  if (/:firehose:action\//.test(uri)) throw new NotImplemented("apigateway's proxies to Firehose streams");
  throw badRequest(
    "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
  );
};

/** What an integration is when only its type is given. */
export const newIntegration = (
  given: Partial<IntegrationRecord> & Pick<IntegrationRecord, "type">,
  cacheNamespace: string,
): IntegrationRecord => {
  const { uri, httpMethod, ...rest } = given;
  const mocked = given.type === "MOCK";
  const overHttp = given.type === "HTTP" || given.type === "HTTP_PROXY";
  const integration: IntegrationRecord = {
    passthroughBehavior: "WHEN_NO_MATCH",
    timeoutInMillis: MAX_INTEGRATION_TIMEOUT_MS,
    cacheNamespace,
    cacheKeyParameters: [],
    ...(overHttp ? { connectionType: "INTERNET" } : {}),
    ...rest,
    // AWS: a mock has no address and no method of its own, whatever is given.
    ...(uri === undefined || mocked ? {} : { uri }),
    ...(httpMethod === undefined || mocked ? {} : { httpMethod }),
  };
  checkIntegration(integration);
  return integration;
};

/** The same for an authorizer. */
export const checkAuthorizer = ({
  type,
  authorizerUri,
  identitySource,
  authorizerResultTtlInSeconds = 300,
}: AuthorizerRecord): void => {
  if (type === "COGNITO_USER_POOLS") throw new NotImplemented("apigateway's Cognito authorizers");
  if (!authorizerUri) throw badRequest("Invalid Authorizer URI: it must be the invocation ARN of a Lambda function");
  if (authorizerResultTtlInSeconds < 0 || authorizerResultTtlInSeconds > 3600) {
    throw badRequest("Authorizer result TTL must be between 0 and 3600 seconds");
  }
  if (type === "REQUEST" && !identitySource && authorizerResultTtlInSeconds > 0) {
    throw badRequest("Identity source is required for REQUEST authorizers when caching is enabled");
  }
};
