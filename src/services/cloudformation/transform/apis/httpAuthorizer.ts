import { InvalidResource } from "../errors.ts";
import { expectBoolean, expectMap, expectStrings, resource as resourceSubject } from "../expect.ts";
import { Dict, isDict, literal, textOf, truthy, type Value } from "../values/value.ts";
import { authorizerUri } from "./restAuthorizer.ts";

/** An entry of an HTTP API's `Auth.Authorizers`, checked. */
export interface HttpAuthorizer {
  readonly apiId: string;
  readonly name: string;
  readonly kind: "iam" | "jwt" | "lambda";
  readonly config: Dict;
  readonly scopes: Value[];
  readonly grantsPermission: boolean;
}

const EXTENSION = "x-amazon-apigateway-authorizer";

/** Reads all authorizers of an HTTP API; IAM is one where enabled. */
export const httpAuthorizers = (apiId: string, config: Value, enableIam: Value): Map<string, HttpAuthorizer> => {
  const authorizers = new Map<string, HttpAuthorizer>();
  if (enableIam === true) {
    authorizers.set("AWS_IAM", {
      apiId,
      name: "AWS_IAM",
      kind: "iam",
      config: Dict.plain(),
      scopes: [],
      grantsPermission: false,
    });
  }
  if (!truthy(config)) return authorizers;
  const subject = resourceSubject(apiId);
  for (const [name, value] of expectMap(config, subject, "Auth.Authorizers").entries()) {
    const entry = expectMap(value, subject, `Auth.Authorizers.${name}`);
    if (entry.has("OpenIdConnectUrl")) {
      throw new InvalidResource(
        apiId,
        `'OpenIdConnectUrl' is no longer a supported property for authorizer '${name}'. Please refer to the AWS SAM documentation.`,
      );
    }
    authorizers.set(name, readAuthorizer(apiId, name, entry));
  }
  return authorizers;
};

const OAUTH = "OAuth2 Authorizer";
const LAMBDA = "Lambda Authorizer";

const ALLOWED_FOR: readonly (readonly [property: string, kind: "jwt" | "lambda", owner: string])[] = [
  ["AuthorizationScopes", "jwt", OAUTH],
  ["JwtConfiguration", "jwt", OAUTH],
  ["IdentitySource", "jwt", `${OAUTH}. For Lambda Authorizer, use the 'Identity' property instead`],
  ["FunctionArn", "lambda", LAMBDA],
  ["FunctionInvokeRole", "lambda", LAMBDA],
  ["Identity", "lambda", LAMBDA],
  ["AuthorizerPayloadFormatVersion", "lambda", LAMBDA],
  ["EnableSimpleResponses", "lambda", LAMBDA],
  ["EnableFunctionDefaultPermissions", "lambda", LAMBDA],
];

const readAuthorizer = (apiId: string, name: string, config: Dict): HttpAuthorizer => {
  const subject = resourceSubject(apiId);
  const jwt = config.get("JwtConfiguration");
  if (truthy(jwt)) expectMap(jwt, subject, "JwtConfiguration");
  const kind = truthy(jwt) ? "jwt" : "lambda";
  const scopes = config.get("AuthorizationScopes");
  if (scopes !== null && !Array.isArray(scopes)) {
    throw new InvalidResource(apiId, "AuthorizationScopes must be a list.");
  }
  for (const [property, owner, ownerName] of ALLOWED_FOR) {
    const value = property === "JwtConfiguration" && !truthy(jwt) ? null : config.get(property);
    if (value !== null && owner !== kind) {
      throw new InvalidResource(apiId, `${property} is only supported for ${ownerName}.`);
    }
  }
  const needed = kind === "jwt" ? ["IdentitySource"] : ["FunctionArn", "AuthorizerPayloadFormatVersion"];
  for (const property of needed) {
    if (truthy(config.get(property))) continue;
    const owner = kind === "jwt" ? OAUTH : LAMBDA;
    throw new InvalidResource(apiId, `${name} ${owner} must define '${property}'.`);
  }
  const grant = config.get("EnableFunctionDefaultPermissions");
  if (grant !== null) expectBoolean(grant, subject, `Authorizers.${name}.EnableFunctionDefaultPermissions`);
  return { apiId, name, kind, config, scopes: scopes ?? [], grantsPermission: grant === true };
};

/** The authorizer as a security scheme of the OpenAPI document. */
export const securityScheme = (authorizer: HttpAuthorizer, partition: string): Dict => {
  const { kind, config } = authorizer;
  if (kind === "iam") {
    const scheme = apiKeyScheme("Authorization");
    scheme.put("x-amazon-apigateway-authtype", literal("awsSigv4"));
    return scheme;
  }
  if (kind === "jwt") {
    const extension = Dict.plain({
      jwtConfiguration: lowerCased(config.get("JwtConfiguration")),
      identitySource: config.get("IdentitySource"),
      type: literal("jwt"),
    });
    return Dict.plain({ type: literal("oauth2"), [EXTENSION]: extension });
  }
  const scheme = apiKeyScheme("Unused");
  scheme.put(EXTENSION, lambdaExtension(authorizer, partition));
  return scheme;
};

const apiKeyScheme = (header: string): Dict =>
  Dict.plain({ type: literal("apiKey"), name: literal(header), in: literal("header") });

const lowerCased = (value: Value): Dict => {
  const result = Dict.plain();
  for (const [key, item] of isDict(value) ? value.entries() : []) result.set(key.toLowerCase(), item);
  return result;
};

const lambdaExtension = (authorizer: HttpAuthorizer, partition: string): Dict => {
  const { config, apiId, name } = authorizer;
  const extension = Dict.plain({ type: literal("request") });
  extension.put("authorizerUri", authorizerUri(config.get("FunctionArn"), partition));
  const role = config.get("FunctionInvokeRole");
  if (truthy(role) && textOf(role) !== "NONE") extension.put("authorizerCredentials", role);
  const identity = config.get("Identity");
  if (truthy(identity)) {
    const sources = expectMap(identity, resourceSubject(apiId), `Auth.Authorizers.${name}.Identity`);
    const ttl = sources.get("ReauthorizeEvery");
    if (ttl !== null) extension.put("authorizerResultTtlInSeconds", ttl);
    extension.put("identitySource", identitySources(authorizer, sources));
  }
  extension.put("authorizerPayloadFormatVersion", config.get("AuthorizerPayloadFormatVersion"));
  const simple = config.get("EnableSimpleResponses");
  if (truthy(simple)) extension.put("enableSimpleResponses", simple);
  return extension;
};

const SOURCES = [
  ["$request.header.", "Headers"],
  ["$request.querystring.", "QueryStrings"],
  ["$stageVariables.", "StageVariables"],
  ["$context.", "Context"],
] as const;

const identitySources = ({ apiId, name }: HttpAuthorizer, identity: Dict): Value[] =>
  SOURCES.flatMap(([prefix, key]) => {
    const values = identity.get(key);
    if (!truthy(values)) return [];
    const path = `Authorizers.${name}.Identity.${key}`;
    return expectStrings(values, resourceSubject(apiId), path).map((value) => prefix + value);
  });
