import { serviceArn } from "../arns.ts";
import { InvalidResource } from "../errors.ts";
import { expectBoolean, expectList, expectMap, expectString, resource as resourceSubject } from "../expect.ts";
import { sub } from "../intrinsics.ts";
import { shown } from "../values/text.ts";
import { Decimal, Dict, isDict, literal, textOf, truthy, type Value } from "../values/value.ts";

/** An entry of a REST API's `Auth.Authorizers`, checked. */
export interface RestAuthorizer {
  readonly apiId: string;
  readonly name: string;
  readonly kind: "iam" | "cognito" | "token" | "request";
  readonly userPool: Value;
  readonly functionArn: Value;
  readonly invokeRole: Value;
  readonly identity: Value;
  readonly scopes: Value[];
  readonly grantsPermission: boolean;
}

const IAM = "AWS_IAM";

/** Reads all authorizers of an API; IAM is one where it is the default. */
export const restAuthorizers = (
  apiId: string,
  config: Value,
  defaultAuthorizer: Value,
): Map<string, RestAuthorizer> => {
  const authorizers = new Map<string, RestAuthorizer>();
  if (textOf(defaultAuthorizer) === IAM) authorizers.set(IAM, iamAuthorizer(apiId));
  if (!truthy(config)) return authorizers;
  const subject = resourceSubject(apiId);
  for (const [name, entry] of expectMap(config, subject, "Auth.Authorizers").entries()) {
    authorizers.set(name, readAuthorizer(apiId, name, expectMap(entry, subject, `Auth.Authorizers.${name}`)));
  }
  return authorizers;
};

const iamAuthorizer = (apiId: string): RestAuthorizer => ({
  apiId,
  name: IAM,
  kind: "iam",
  userPool: null,
  functionArn: null,
  invokeRole: null,
  identity: null,
  scopes: [],
  grantsPermission: false,
});

const readAuthorizer = (apiId: string, name: string, entry: Dict): RestAuthorizer => {
  const payload = entry.get("FunctionPayloadType");
  const type = textOf(payload);
  if (payload !== null && type !== "TOKEN" && type !== "REQUEST") {
    throw new InvalidResource(apiId, `${name} Authorizer has invalid 'FunctionPayloadType': ${shown(payload)}.`);
  }
  const identity = entry.get("Identity");
  if (type === "REQUEST" && lacksIdentitySource(apiId, name, identity)) {
    throw new InvalidResource(
      apiId,
      `${name} Authorizer must specify Identity with at least one of Headers, QueryStrings, StageVariables, or Context.`,
    );
  }
  const subject = resourceSubject(apiId);
  const scopes = entry.get("AuthorizationScopes");
  const withoutPermission = entry.get("DisableFunctionDefaultPermissions");
  if (withoutPermission !== null) {
    expectBoolean(withoutPermission, subject, `Authorizers.${name}.DisableFunctionDefaultPermissions`);
  }
  const lambdaKind = type === "REQUEST" ? "request" : "token";
  return {
    apiId,
    name,
    kind: truthy(entry.get("UserPoolArn")) ? "cognito" : lambdaKind,
    userPool: entry.get("UserPoolArn"),
    functionArn: entry.get("FunctionArn"),
    invokeRole: entry.get("FunctionInvokeRole"),
    identity,
    scopes: scopes === null ? [] : expectList(scopes, subject, `Authorizers.${name}.AuthorizationScopes`),
    grantsPermission: truthy(entry.get("FunctionArn")) && withoutPermission !== true,
  };
};

/** A request authorizer must look at something, unless its answers are not cached. */
const lacksIdentitySource = (apiId: string, name: string, value: Value): boolean => {
  if (!truthy(value)) return true;
  const identity = expectMap(value, resourceSubject(apiId), `Authorizer.${name}.Identity`);
  const none = ["Headers", "QueryStrings", "StageVariables", "Context"].every((key) => !truthy(identity.get(key)));
  const ttl = wholeNumber(identity.get("ReauthorizeEvery"));
  return ttl === undefined ? none : ttl > 0 && none;
};

const wholeNumber = (value: Value): number | undefined => {
  if (typeof value === "number") return value;
  if (value instanceof Decimal) return Math.trunc(value.number);
  const text = textOf(value)?.trim();
  return text !== undefined && /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
};

const AUTH_TYPES = { iam: "awsSigv4", cognito: "cognito_user_pools", token: "custom", request: "custom" } as const;
const EXTENSION = "x-amazon-apigateway-authorizer";

/** The authorizer as a security definition of the OpenAPI document. */
export const securityDefinition = (authorizer: RestAuthorizer, partition: string): Dict => {
  const definition = Dict.hashed();
  definition.put("type", literal("apiKey"));
  definition.put("name", headerName(authorizer));
  definition.put("in", literal("header"));
  definition.put("x-amazon-apigateway-authtype", literal(AUTH_TYPES[authorizer.kind]));
  const { kind, identity } = authorizer;
  if (kind === "iam") return definition;
  const extension = kind === "cognito" ? cognitoExtension(authorizer) : lambdaExtension(authorizer, partition);
  definition.put(EXTENSION, extension);
  const expression = isDict(identity) ? identity.get("ValidationExpression") : null;
  if (kind !== "request" && truthy(expression)) extension.put("identityValidationExpression", expression);
  return definition;
};

const headerName = ({ apiId, kind, identity }: RestAuthorizer): Value => {
  if (kind === "request") return literal("Unused");
  if (truthy(identity) && !isDict(identity)) {
    throw new InvalidResource(
      apiId,
      "Auth.Authorizers.<Authorizer>.Identity must be a dict (LambdaTokenAuthorizationIdentity, LambdaRequestAuthorizationIdentity or CognitoAuthorizationIdentity).",
    );
  }
  const header = isDict(identity) ? identity.get("Header") : null;
  return truthy(header) ? header : literal("Authorization");
};

const cognitoExtension = ({ userPool }: RestAuthorizer): Dict => {
  const extension = Dict.hashed();
  extension.put("type", literal("cognito_user_pools"));
  extension.put("providerARNs", Array.isArray(userPool) ? userPool : [userPool]);
  return extension;
};

const lambdaExtension = (authorizer: RestAuthorizer, partition: string): Dict => {
  const { identity, invokeRole, kind } = authorizer;
  const extension = Dict.hashed({ type: literal(kind) });
  extension.put("authorizerUri", authorizerUri(authorizer.functionArn, partition));
  const ttl = isDict(identity) ? identity.get("ReauthorizeEvery") : null;
  if (ttl !== null) extension.put("authorizerResultTtlInSeconds", ttl);
  if (truthy(invokeRole) && textOf(invokeRole) !== "NONE") extension.put("authorizerCredentials", invokeRole);
  if (kind === "request") {
    const sources = identitySources(authorizer);
    if (sources.length > 0) extension.put("identitySource", sources.join(", "));
  }
  return extension;
};

/** The address under which API Gateway invokes an authorizer function. */
export const authorizerUri = (functionArn: Value, partition: string): Dict =>
  sub(
    literal(serviceArn(partition, "apigateway", "lambda:path/2015-03-31/functions/${__FunctionArn__}/invocations")),
    Dict.plain({ __FunctionArn__: functionArn }),
  );

const SOURCES = [
  ["Headers", "method.request.header."],
  ["QueryStrings", "method.request.querystring."],
  ["StageVariables", "stageVariables."],
  ["Context", "context."],
] as const;

const identitySources = ({ apiId, name, identity }: RestAuthorizer): string[] => {
  if (!isDict(identity)) return [];
  const subject = resourceSubject(apiId);
  return SOURCES.flatMap(([key, prefix]) => {
    const values = identity.get(key);
    if (!truthy(values)) return [];
    const path = `Auth.Authorizers.${name}.Identity.${key}`;
    return expectList(values, subject, path).map(
      (value, index) => prefix + expectString(value, subject, `${path}[${index}]`),
    );
  });
};
