import { isFunctionUri, isServiceUri } from "../../engines/gateway/serviceRequest.ts";
import { NotImplemented } from "../../kernel/errors.ts";
import { checkAuthorizer } from "./checkAuthorizer.ts";
import { SUBTYPES } from "./dataPlane/integrate/subtypes.ts";
import { checkMapping } from "./dataPlane/mapping/checkMapping.ts";
import { badRequest, conflict } from "./errors.ts";
import { findApi, partsOf } from "./find.ts";
import { MAX_INTEGRATION_TIMEOUT_MS, MAX_SOCKET_INTEGRATION_TIMEOUT_MS, MIN_TIMEOUT_MS } from "./limits.ts";
import {
  type AuthorizerRecord,
  type IntegrationRecord,
  isWebSocket,
  type RouteRecord,
  type StageRecord,
} from "./records.ts";
import type { Room } from "./room.ts";

const ID_LENGTH = 7;

type Given<R, Id extends keyof R> = Omit<Partial<R>, Id>;

/** Puts a route into an API. */
export const newRoute = (
  room: Room,
  apiId: string,
  given: Given<RouteRecord, "routeId"> & { readonly routeKey: string },
): RouteRecord => {
  const route: RouteRecord = {
    apiKeyRequired: false,
    authorizationType: "NONE",
    ...given,
    routeId: room.ids.lower(ID_LENGTH),
  };
  checkRoute(room, apiId, route);
  room.routes.put([apiId, route.routeId], route);
  return route;
};

/** Refuses what AWS refuses of a route: its key's form, one that is taken, a target that is not there. */
export const checkRoute = (
  room: Room,
  apiId: string,
  { routeKey, routeId, target, authorizationType, authorizerId }: RouteRecord,
): void => {
  if (isWebSocket(findApi(room, apiId))) checkWebSocketRoute(routeKey, authorizationType);
  else if (routeKey !== "$default" && !/^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|ANY) \/\S*$/.test(routeKey)) {
    throw badRequest(
      'The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default"',
    );
  }
  if (partsOf(room.routes, apiId).some((other) => other.routeKey === routeKey && other.routeId !== routeId)) {
    throw conflict(`Route with key ${routeKey} already exists for this API`);
  }
  const integrationId = target?.replace(/^integrations\//, "");
  if (integrationId !== undefined && !room.integrations.has([apiId, integrationId])) {
    throw badRequest(`Invalid target ${target} specified: the integration does not exist`);
  }
  const needsAuthorizer = authorizationType === "JWT" || authorizationType === "CUSTOM";
  if (needsAuthorizer && (authorizerId === undefined || !room.authorizers.has([apiId, authorizerId]))) {
    throw badRequest("Invalid authorizer specified for the route");
  }
};

/** AWS: only who connects is asked for a permission. */
const checkWebSocketRoute = (routeKey: string, authorizationType = "NONE"): void => {
  if (!/^[^\s]+$/.test(routeKey)) throw badRequest(`Invalid route key specified: ${routeKey}`);
  if (authorizationType === "JWT") throw badRequest("JWT authorizers are not supported for WEBSOCKET protocol type");
  if (authorizationType !== "NONE" && routeKey !== "$connect") {
    throw badRequest("Currently, authorization is restricted to the $connect route only");
  }
};

export const newIntegration = (
  room: Room,
  apiId: string,
  given: Given<IntegrationRecord, "integrationId">,
): IntegrationRecord => {
  const overSockets = isWebSocket(findApi(room, apiId));
  const integration: IntegrationRecord = {
    connectionType: "INTERNET",
    timeoutInMillis: overSockets ? MAX_SOCKET_INTEGRATION_TIMEOUT_MS : MAX_INTEGRATION_TIMEOUT_MS,
    ...(overSockets ? socketDefaults(given) : {}),
    ...(given.integrationType === "AWS_PROXY" ? { integrationMethod: "POST" } : {}),
    payloadFormatVersion: "1.0",
    ...given,
    integrationId: room.ids.lower(ID_LENGTH),
  };
  checkIntegration(integration, overSockets);
  room.integrations.put([apiId, integration.integrationId], integration);
  return integration;
};

/** AWS: functions that are no proxies have responses by what went wrong, all others by their status. */
const socketDefaults = ({ integrationType, integrationUri = "" }: Partial<IntegrationRecord>) => {
  const seen = integrationType === "AWS" && isFunctionUri(integrationUri) ? "body.errorMessage" : "statuscode";
  return {
    passthroughBehavior: "WHEN_NO_MATCH" as const,
    requestTemplates: {},
    integrationResponseSelectionExpression: `\${integration.response.${seen}}`,
  };
};

export const checkIntegration = (integration: IntegrationRecord, overSockets: boolean): void => {
  const {
    integrationType,
    payloadFormatVersion,
    integrationUri,
    integrationSubtype,
    timeoutInMillis = 0,
  } = integration;
  if (integration.connectionType === "VPC_LINK" && integration.connectionId === undefined) {
    throw badRequest("ConnectionId is required for integrations of the connection type VPC_LINK");
  }
  if (overSockets) {
    checkWebSocketIntegration(integration);
    return;
  }
  if (integrationType !== "AWS_PROXY" && integrationType !== "HTTP_PROXY") {
    throw badRequest("HTTP APIs only support AWS_PROXY and HTTP_PROXY integrations");
  }
  if (integrationUri === undefined && integrationSubtype === undefined) throw badRequest("IntegrationUri is required");
  if (integrationSubtype !== undefined) checkSubtype(integration);
  checkMapping(integration);
  if (payloadFormatVersion !== "1.0" && payloadFormatVersion !== "2.0") {
    throw badRequest(
      "PayloadFormatVersion is a required parameter for AWS_PROXY integrations; supported values are 1.0 and 2.0",
    );
  }
  if (timeoutInMillis < MIN_TIMEOUT_MS || timeoutInMillis > MAX_INTEGRATION_TIMEOUT_MS) {
    throw badRequest("Timeout should be between 50 ms and 30000 ms");
  }
};

const checkWebSocketIntegration = ({
  integrationType,
  integrationUri,
  credentialsArn,
  connectionType,
  timeoutInMillis = 0,
}: IntegrationRecord) => {
  if (connectionType === "VPC_LINK") {
    throw new NotImplemented("apigatewayv2's WebSocket integrations through VPC links");
  }
  if (integrationType !== "MOCK" && integrationUri === undefined) throw badRequest("IntegrationUri is required");
  if (integrationType === "AWS") checkServiceIntegration(integrationUri, credentialsArn);
  if (timeoutInMillis < MIN_TIMEOUT_MS || timeoutInMillis > MAX_SOCKET_INTEGRATION_TIMEOUT_MS) {
    throw badRequest("Timeout should be between 50 ms and 29000 ms");
  }
};

/** AWS: a service other than Lambda is called as a role. */
const checkServiceIntegration = (uri = "", credentialsArn: string | undefined): void => {
  if (!isServiceUri(uri)) throw badRequest("AWS ARN for integration must contain path or action");
  if (!isFunctionUri(uri) && credentialsArn === undefined) {
    throw badRequest("Credentials ARN must be specified for AWS integrations");
  }
};

/** AWS takes an integration with a service only with all that its call needs. */
const checkSubtype = ({ integrationSubtype = "", credentialsArn, requestParameters = {} }: IntegrationRecord): void => {
  if (UNBUILT_SUBTYPES.has(integrationSubtype)) {
    throw new NotImplemented(`HTTP API integrations of the subtype ${integrationSubtype}`);
  }
  const subtype = SUBTYPES[integrationSubtype];
  if (!subtype) throw badRequest(`Invalid integration subtype specified: ${integrationSubtype}`);
  if (credentialsArn === undefined) {
    throw badRequest(`Credentials must be specified for an integration of the subtype ${integrationSubtype}`);
  }
  const missing = subtype.required.filter((name) => requestParameters[name] === undefined);
  if (missing.length > 0) throw badRequest(`Missing required request parameters: ${missing.join(", ")}`);
  const allowed = [...subtype.required, ...subtype.optional];
  const unknown = Object.keys(requestParameters).filter((name) => !allowed.includes(name));
  if (unknown.length > 0) throw badRequest(`Invalid request parameters specified: ${unknown.join(", ")}`);
};

const UNBUILT_SUBTYPES = new Set(["AppConfig-GetConfiguration", "Kinesis-PutRecord"]);

export const newAuthorizer = (
  room: Room,
  apiId: string,
  given: Given<AuthorizerRecord, "authorizerId"> & { readonly name: string },
): AuthorizerRecord => {
  const authorizer: AuthorizerRecord = { ...given, authorizerId: room.ids.lower(ID_LENGTH) };
  checkAuthorizer(authorizer, isWebSocket(findApi(room, apiId)));
  room.authorizers.put([apiId, authorizer.authorizerId], authorizer);
  return authorizer;
};

export const newStage = (
  room: Room,
  apiId: string,
  given: Omit<Partial<StageRecord>, "createdAt" | "updatedAt"> & { readonly stageName: string },
): StageRecord => {
  if (room.stages.has([apiId, given.stageName])) throw conflict("Stage already exists");
  if (given.deploymentId !== undefined && !room.deployments.has([apiId, given.deploymentId])) {
    throw badRequest(`Invalid Deployment identifier specified ${given.deploymentId}`);
  }
  const now = room.clock.now();
  const stage: StageRecord = {
    defaultRouteSettings: { DetailedMetricsEnabled: false },
    routeSettings: {},
    stageVariables: {},
    tags: {},
    ...given,
    createdAt: now,
    updatedAt: now,
  };
  room.stages.put([apiId, stage.stageName], stage);
  return stage;
};
