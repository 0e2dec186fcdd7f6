import { v2DomainResources } from "../apis/apiV2Domain.ts";
import { authorizerPermission } from "../apis/authorizerPermission.ts";
import { connectAuthorizer, webSocketRoute } from "../apis/webSocketRoutes.ts";
import { CfnResource } from "../cfnResource.ts";
import type { SamResource, SamType } from "../context.ts";
import { InvalidResource } from "../errors.ts";
import { expectMap, resource as resourceSubject } from "../expect.ts";
import { isIntrinsic, ref } from "../intrinsics.ts";
import { propagateTags } from "../propagateTags.ts";
import { FLAG, MAP, oneOf, optional, required, TEXT } from "../properties.ts";
import { resolveParameters } from "../resolve.ts";
import { Dict, isDict, literal, textOf, truthy, type Value } from "../values/value.ts";

const MARK_TAG = "websocketapi:createdBy";
const DEFAULT_STAGE = "default";

/** AWS::Serverless::WebSocketApi: a WebSocket API whose routes are functions. */
export const webSocketApi: SamType = {
  properties: {
    ApiKeySelectionExpression: optional(TEXT),
    AccessLogSettings: optional(MAP),
    Auth: optional(MAP),
    DefaultRouteSettings: optional(MAP),
    Description: optional(TEXT),
    DisableExecuteApiEndpoint: optional(FLAG),
    Domain: optional(MAP),
    DisableSchemaValidation: optional(FLAG),
    FailOnWarnings: optional(FLAG),
    IpAddressType: optional(TEXT),
    Name: optional(TEXT),
    PropagateTags: optional(FLAG),
    Routes: required(MAP),
    RouteSettings: optional(MAP),
    RouteSelectionExpression: required(TEXT),
    StageName: optional(oneOf(TEXT, MAP)),
    StageVariables: optional(MAP),
    Tags: optional(MAP),
  },
  referable: { Stage: "AWS::ApiGatewayV2::Stage", DomainName: "AWS::ApiGatewayV2::DomainName" },
  transform: (resource, context) => {
    const { properties, logicalId } = resource;
    for (const name of ["Auth", "Domain", "Routes"]) {
      if (properties.has(name)) properties.set(name, resolveParameters(properties.get(name), context.parameters));
    }
    checkApi(resource);
    const api = makeApi(resource);
    const domain = v2DomainResources(
      { apiId: logicalId, domain: properties.get("Domain"), attributes: Dict.plain(), markTag: MARK_TAG },
      // AWS: WebSocket APIs share no record set group; of several in one hosted zone, the last one's records remain.
      { ...context, recordSetGroups: new Map() },
    );
    const stage = makeStage(resource);
    const routes = routesOf(resource).map(([key, route]) => webSocketRoute(resource, key, route, stageName(resource)));
    if (truthy(properties.get("RouteSettings"))) stage.dependsOn = routes.map(({ route }) => route.logicalId);
    const resources = [api, ...routes.flatMap((one) => one.resources), ...domain, stage];
    if (routes.some(({ customAuth }) => customAuth)) resources.push(...authorizerResources(resource));
    propagateTags(resources, properties.get("Tags"), truthy(properties.get("PropagateTags")));
    return resources;
  },
};

const routesOf = ({ properties }: SamResource): [string, Value][] => {
  const routes = properties.get("Routes");
  return isDict(routes) ? routes.entries() : [];
};

const stageName = ({ properties }: SamResource): Value => properties.get("StageName") ?? DEFAULT_STAGE;

const checkApi = (resource: SamResource): void => {
  const { properties, logicalId } = resource;
  const routes = properties.get("Routes");
  if (!truthy(routes)) throw new InvalidResource(logicalId, "WebSocket API must have at least one route.");
  const ip = properties.get("IpAddressType");
  if (ip !== null && !isIntrinsic(ip) && !["ipv4", "dualstack"].includes(textOf(ip) ?? "")) {
    throw new InvalidResource(logicalId, "IpAddressType must be 'ipv4' or 'dualstack'.");
  }
  const domain = properties.get("Domain");
  if (isDict(domain) && truthy(domain.get("MutualTlsAuthentication"))) {
    throw new InvalidResource(logicalId, "Mutual TLS domain name association is not supported for Websocket APIs.");
  }
  if (truthy(properties.get("Auth")) && !(isDict(routes) && routes.has("$connect"))) {
    throw new InvalidResource(logicalId, "Authorization is only available if there is a $connect route.");
  }
  expectMap(routes, resourceSubject(logicalId), "Routes");
};

const makeApi = ({ properties, logicalId, dependsOn }: SamResource): CfnResource => {
  const given = properties.get("Tags");
  const tags = isDict(given) && given.size > 0 ? given : Dict.plain();
  tags.set(MARK_TAG, literal("SAM"));
  const api = new CfnResource("AWS::ApiGatewayV2::Api", logicalId, undefined, {
    Name: properties.get("Name") ?? logicalId,
    ProtocolType: "WEBSOCKET",
    Tags: tags,
  });
  const same = [
    "ApiKeySelectionExpression",
    "Description",
    "DisableExecuteApiEndpoint",
    "DisableSchemaValidation",
    "IpAddressType",
    "RouteSelectionExpression",
  ];
  for (const name of same) api.set(name, properties.get(name));
  api.dependsOn = dependsOn;
  return api;
};

const makeStage = (resource: SamResource): CfnResource => {
  const { properties, logicalId } = resource;
  const name = stageName(resource);
  const text = textOf(name) ?? "";
  if (text === "$default") {
    throw new InvalidResource(logicalId, "Stages cannot be named $default for WebSocket APIs.");
  }
  const id = text === DEFAULT_STAGE ? `${logicalId}DefaultStage` : `${logicalId}${text}Stage`;
  const stage = new CfnResource("AWS::ApiGatewayV2::Stage", id, undefined, {
    ApiId: ref(logicalId),
    StageName: name,
    Tags: Dict.plain({ [MARK_TAG]: literal("SAM") }),
    AutoDeploy: true,
  });
  for (const property of ["StageVariables", "AccessLogSettings", "DefaultRouteSettings", "RouteSettings"]) {
    stage.set(property, properties.get(property));
  }
  return stage;
};

const authorizerResources = (resource: SamResource): CfnResource[] => {
  const auth = resource.properties.get("Auth");
  if (!isDict(auth)) return [];
  const authorizer = connectAuthorizer(resource, auth);
  const named = textOf(auth.get("AuthType")) === "CUSTOM" && truthy(auth.get("AuthArn"));
  if (!named || truthy(auth.get("InvokeRole"))) return [authorizer];
  const permission = authorizerPermission(
    `${resource.logicalId}AuthorizerPermission`,
    auth.get("AuthArn"),
    resource.logicalId,
    "${AWS::Partition}",
    Dict.plain(),
  );
  return [authorizer, permission];
};
