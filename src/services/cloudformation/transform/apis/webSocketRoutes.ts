import { CfnResource } from "../cfnResource.ts";
import type { SamResource } from "../context.ts";
import { InvalidResource } from "../errors.ts";
import { isAlphanumeric } from "../ids.ts";
import { join, ref, sub } from "../intrinsics.ts";
import { Dict, isDict, literal, textOf, truthy, type Value } from "../values/value.ts";

interface WebSocketRoute {
  readonly route: CfnResource;
  readonly resources: CfnResource[];
  /** Whether the route asks the API's authorizer function. */
  readonly customAuth: boolean;
}

const SPECIAL_ROUTES = ["$connect", "$disconnect", "$default"];
const invocation = (variable: string): string =>
  `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${variable}}/invocations`;

/** One route of a WebSocket API: the route, its integration and the permission to invoke its function. */
export const webSocketRoute = (resource: SamResource, key: string, spec: Value, stage: Value): WebSocketRoute => {
  const { logicalId } = resource;
  const config = isDict(spec) ? spec : Dict.plain();
  const prefix = logicalId + idPart(logicalId, key);
  const route = makeRoute(logicalId, key, config, prefix);
  const customAuth = authorize(resource, key, route);
  if (!config.has("FunctionArn")) throw new InvalidResource(logicalId, "Route must have associated function.");
  const functionArn = config.get("FunctionArn");
  const integration = new CfnResource("AWS::ApiGatewayV2::Integration", `${prefix}Integration`, undefined, {
    ApiId: ref(logicalId),
    IntegrationType: "AWS_PROXY",
    IntegrationUri: sub(invocation("FunctionArn"), Dict.plain({ FunctionArn: functionArn })),
    TimeoutInMillis: config.get("IntegrationTimeout"),
  });
  const permission = new CfnResource("AWS::Lambda::Permission", `${prefix}Permission`, undefined, {
    Action: "lambda:InvokeFunction",
    FunctionName: functionArn,
    Principal: "apigateway.amazonaws.com",
    SourceArn: sourceArn(logicalId, key, stage),
  });
  return { route, resources: [route, integration, permission], customAuth };
};

const idPart = (logicalId: string, key: string): string => {
  const name = SPECIAL_ROUTES.includes(key) ? key.replace("$", "") : key;
  if (!isAlphanumeric(name)) {
    throw new InvalidResource(
      logicalId,
      `Route key '${key}' must be alphanumeric. Only $connect, $disconnect, and $default special routes are supported.`,
    );
  }
  return name.charAt(0).toUpperCase() + name.slice(1).toLowerCase();
};

const makeRoute = (logicalId: string, key: string, config: Dict, prefix: string): CfnResource => {
  const parameters = config.get("RequestParameters");
  if (truthy(parameters) && key !== "$connect") {
    throw new InvalidResource(
      logicalId,
      "Request parameters are only supported for the $connect route in WebSocket APIs.",
    );
  }
  return new CfnResource("AWS::ApiGatewayV2::Route", `${prefix}Route`, undefined, {
    RouteKey: key,
    ApiId: ref(logicalId),
    ApiKeyRequired: config.get("ApiKeyRequired"),
    ModelSelectionExpression: config.get("ModelSelectionExpression"),
    OperationName: config.get("OperationName"),
    RequestModels: config.get("RequestModels"),
    RequestParameters: truthy(parameters) ? parameters : null,
    RouteResponseSelectionExpression: config.get("RouteResponseSelectionExpression"),
    Target: join("/", [literal("integrations"), ref(`${prefix}Integration`)]),
  });
};

const sourceArn = (logicalId: string, key: string, stage: Value): Dict => {
  const api = `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${${logicalId}.ApiId}`;
  const name = textOf(stage);
  return name === undefined
    ? sub(`${api}/\${__StageName__}/${key}`, Dict.plain({ __StageName__: stage }))
    : sub(`${api}/${name}/${key}`);
};

/** Only connecting is authorized; messages come over a connection that was. */
const authorize = ({ logicalId, properties }: SamResource, key: string, route: CfnResource): boolean => {
  const auth = properties.get("Auth");
  if (!isDict(auth) || auth.size === 0) return false;
  checkAuth(logicalId, auth);
  if (key !== "$connect") return false;
  const type = textOf(auth.get("AuthType"));
  if (type === "CUSTOM") {
    if (!truthy(auth.get("AuthArn"))) return false;
    route.set("AuthorizationType", "CUSTOM");
    route.set("AuthorizerId", ref(authorizerId(logicalId)));
    return true;
  }
  route.set("AuthorizationType", type === "AWS_IAM" ? type : "NONE");
  return false;
};

const checkAuth = (logicalId: string, auth: Dict): void => {
  const type = textOf(auth.get("AuthType"))?.toUpperCase();
  if (!type) {
    throw new InvalidResource(logicalId, "AuthType must be specified for additional auth configurations.");
  }
  if (!["NONE", "AWS_IAM", "CUSTOM"].includes(type)) {
    throw new InvalidResource(logicalId, "AuthType is not one of AWS_IAM, CUSTOM or NONE.");
  }
  if (type === "CUSTOM" && !truthy(auth.get("AuthArn"))) {
    throw new InvalidResource(logicalId, "AuthArn must be specified if AuthType is CUSTOM.");
  }
  if (type !== "CUSTOM" && auth.size > 1) {
    throw new InvalidResource(logicalId, `No additional configurations supported for AuthType ${type}.`);
  }
};

const authorizerId = (logicalId: string): string => `${logicalId}ConnectAuthorizer`;

/** The authorizer function that decides who may connect. */
export const connectAuthorizer = ({ logicalId }: SamResource, auth: Dict): CfnResource => {
  const id = authorizerId(logicalId);
  return new CfnResource("AWS::ApiGatewayV2::Authorizer", id, undefined, {
    ApiId: ref(logicalId),
    AuthorizerCredentialsArn: auth.get("InvokeRole"),
    AuthorizerType: "REQUEST",
    AuthorizerUri: sub(invocation("AuthArn"), Dict.plain({ AuthArn: auth.get("AuthArn") })),
    IdentitySource: auth.get("IdentitySource"),
    Name: truthy(auth.get("Name")) ? auth.get("Name") : id,
  });
};
