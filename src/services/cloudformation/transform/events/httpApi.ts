import { accountArn } from "../arns.ts";
import type { CfnResource } from "../cfnResource.ts";
import { conditionOf, section } from "../context.ts";
import { InvalidDocument, InvalidEvent, InvalidResource } from "../errors.ts";
import { expectMap, resource as resourceSubject } from "../expect.ts";
import { sub } from "../intrinsics.ts";
import { ANY_METHOD, DEFAULT_PATH } from "../openapi/document.ts";
import { HttpDocument } from "../openapi/httpDocument.ts";
import { MAP, optional, TEXT, WHOLE } from "../properties.ts";
import { Dict, isDict, textOf, truthy, type Value } from "../values/value.ts";
import { invocationUri } from "./api.ts";
import type { EventSource, EventTarget, EventType } from "./eventSource.ts";
import { addHttpEventAuth } from "./httpApiAuth.ts";
import { apiIdOf } from "./linkedApi.ts";
import { invokePermission } from "./permission.ts";
import { type Route, routeOf } from "./route.ts";

/** Calls are made to whichever partition the stack is in. */
const ANY_PARTITION = "${AWS::Partition}";

/** `HttpApi`: a route of an HTTP API invokes the function. */
export const httpApiEvent: EventType = {
  properties: {
    Path: optional(TEXT),
    Method: optional(TEXT),
    ApiId: optional(TEXT),
    Stage: optional(TEXT),
    Auth: optional(MAP),
    TimeoutInMillis: optional(WHOLE),
    RouteSettings: optional(MAP),
    PayloadFormatVersion: optional(TEXT),
  },
  generate: (source, target, context) => {
    const apiId = textOf(apiIdOf(source.properties.get("ApiId"))) ?? "";
    const api = section(section(section(context.source, "Resources"), apiId), "Properties");
    const route = routeOf(source);
    const permission = routePermission(source, target, api, route);
    integrate(source, target, { apiId, api, route });
    return permission ? [permission] : [];
  },
};

const routePermission = (
  source: EventSource,
  target: EventTarget,
  api: Dict,
  { path: authored, method }: Route,
): CfnResource | undefined => {
  const document = openDocument(source, api);
  let path = authored.length > 1 ? authored.replace(/\/$/, "") : authored;
  if (path === DEFAULT_PATH) path = "";
  // The permission for the default route covers this function's other routes.
  else if (document?.invokes(DEFAULT_PATH, ANY_METHOD, target.resource.logicalId)) return undefined;
  path = path.replace(/\{([a-zA-Z0-9._-]+|proxy\+)\}/g, "*");
  const verb = method === "any" || method === ANY_METHOD ? "*" : method.toUpperCase();
  const resource = method === "any" && path === `/${DEFAULT_PATH}` ? path : `/${verb}${path}`;
  const arn = accountArn(ANY_PARTITION, "execute-api", `\${__ApiId__}/\${__Stage__}${resource}`);
  return invokePermission(source, target, {
    principal: "apigateway.amazonaws.com",
    sourceArn: sub(arn, Dict.plain({ __ApiId__: source.properties.get("ApiId"), __Stage__: "*" })),
  });
};

const openDocument = (source: EventSource, api: Dict): HttpDocument | undefined => {
  if (!truthy(api.get("DefinitionBody"))) return undefined;
  try {
    return new HttpDocument(api.get("DefinitionBody"));
  } catch (error) {
    if (!(error instanceof InvalidDocument)) throw error;
    const id = source.properties.get("ApiId");
    const logicalId = textOf(isDict(id) ? id.get("Ref") : id) ?? "None";
    throw new InvalidResource(logicalId, error.causes.map((cause) => cause.message).join(" "));
  }
};

export interface LinkedHttpApi {
  readonly apiId: string;
  readonly api: Dict;
  readonly route: Route;
}

const integrate = (source: EventSource, target: EventTarget, linked: LinkedHttpApi): void => {
  const { api, apiId, route } = linked;
  const { properties } = source;
  const body: Value = api.get("DefinitionBody");
  if (body === null) return;
  const document = new HttpDocument(body);
  if (truthy(api.get("__MANAGE_SWAGGER")) && document.hasIntegration(route.path, route.method)) {
    throw new InvalidEvent(
      source.eventId,
      `API method '${route.method}' defined multiple times for path '${route.path}'.`,
    );
  }
  const condition = conditionOf(target.resource.attributes);
  document.addLambdaIntegration(route.path, route.method, invocationUri(target, ANY_PARTITION), condition);
  const auth = properties.get("Auth");
  if (isDict(auth) && auth.size > 0) {
    const given = api.has("Auth") ? api.get("Auth") : Dict.plain();
    addHttpEventAuth(source, auth, expectMap(given, resourceSubject(apiId), "Auth"), route, document);
  }
  const timeout = properties.get("TimeoutInMillis");
  if (truthy(timeout)) document.setIntegration(route.path, route.method, "timeoutInMillis", timeout);
  const variables = [...route.path.matchAll(/\{(.*?)\}/g)].map((match) => match[1] ?? "");
  if (variables.length > 0) document.addPathParameters(route.path, route.method, variables);
  const format = properties.get("PayloadFormatVersion");
  if (truthy(format)) document.setIntegration(route.path, route.method, "payloadFormatVersion", format);
  api.put("DefinitionBody", document.finished());
};
