import type { Cors } from "@aws-sdk/client-apigatewayv2";
import type { ApiRecord, AuthorizerRecord, IntegrationRecord, RouteRecord, Snapshot } from "../records.ts";

/** What an HTTP API's document is made of. */
export interface ExportedApi {
  readonly api: ApiRecord;
  readonly version: string;
  readonly snapshot: Pick<Snapshot, "routes" | "integrations" | "authorizers">;
  /** Of a stage's own, where one is exported. */
  readonly stageName: string | undefined;
  readonly region: string;
  readonly withExtensions: boolean;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-export.html */
export const openApiOf = (exported: ExportedApi): object => {
  const { api, version, stageName, region, withExtensions } = exported;
  const url = `https://${api.apiId}.execute-api.${region}.amazonaws.com`;
  const server =
    stageName === undefined || stageName === "$default"
      ? { url }
      : { url: `${url}/{basePath}`, variables: { basePath: { default: stageName } } };
  const { description, corsConfiguration, disableExecuteApiEndpoint, tags = {} } = api;
  const endpoint =
    withExtensions && disableExecuteApiEndpoint
      ? { "x-amazon-apigateway-endpoint-configuration": { disableExecuteApiEndpoint } }
      : {};
  return {
    openapi: "3.0.1",
    info: { title: api.name, ...(description === undefined ? {} : { description }), version },
    servers: [{ ...server, ...endpoint }],
    ...(withExtensions && Object.keys(tags).length > 0 ? { tags: tagsOf(tags) } : {}),
    paths: pathsOf(exported),
    ...componentsOf(exported),
    ...(withExtensions && corsConfiguration ? { "x-amazon-apigateway-cors": lowered(corsConfiguration) } : {}),
    ...(withExtensions ? { "x-amazon-apigateway-importexport-version": "1.0" } : {}),
  };
};

const tagsOf = (tags: Readonly<Record<string, string>>) =>
  Object.entries(tags).map(([name, value]) => ({ name, "x-amazon-apigateway-tag-value": value }));

const pathsOf = (exported: ExportedApi): object => {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of exported.snapshot.routes) {
    const isDefault = route.routeKey === "$default";
    const [httpMethod = "", path = ""] = isDefault ? ["ANY", "/$default"] : route.routeKey.split(" ");
    const method = httpMethod === "ANY" ? "x-amazon-apigateway-any-method" : httpMethod.toLowerCase();
    // Plain OpenAPI has no word for any method.
    if (httpMethod === "ANY" && !exported.withExtensions) continue;
    paths[path] = { ...paths[path], [method]: operationOf(exported, route, path, isDefault) };
  }
  return paths;
};

const operationOf = (
  { snapshot, withExtensions }: ExportedApi,
  { routeKey, operationName, target, authorizationType, authorizerId, authorizationScopes = [] }: RouteRecord,
  path: string,
  isDefault: boolean,
): object => {
  const integration = snapshot.integrations.find(({ integrationId }) => target === `integrations/${integrationId}`);
  const authorizer = snapshot.authorizers.find((one) => one.authorizerId === authorizerId);
  const parameters = [...path.matchAll(/\{([^{}+]+)\+?\}/g)].map(([, name]) => ({
    name,
    in: "path",
    description: `Generated path parameter for ${name}`,
    required: true,
    schema: { type: "string" },
  }));
  return {
    ...(operationName === undefined ? {} : { operationId: operationName }),
    ...(parameters.length > 0 ? { parameters } : {}),
    responses: { default: { description: `Default response for ${routeKey}` } },
    ...(authorizer ? { security: [{ [authorizer.name]: authorizationScopes }] } : {}),
    ...(withExtensions && authorizationType === "AWS_IAM" ? { "x-amazon-apigateway-auth": { type: "AWS_IAM" } } : {}),
    ...(isDefault ? { isDefaultRoute: true } : {}),
    ...(withExtensions && integration ? { "x-amazon-apigateway-integration": extensionOf(integration) } : {}),
  };
};

const extensionOf = ({
  integrationType,
  integrationMethod,
  integrationUri,
  integrationSubtype,
  credentialsArn,
  payloadFormatVersion,
  connectionType,
  connectionId,
  description,
  timeoutInMillis,
  requestParameters,
  responseParameters,
  tlsConfig,
}: IntegrationRecord): object => {
  const members = {
    payloadFormatVersion,
    type: integrationType?.toLowerCase(),
    httpMethod: integrationMethod,
    uri: integrationUri,
    integrationSubtype,
    credentials: credentialsArn,
    connectionType,
    connectionId,
    description,
    timeoutInMillis,
    requestParameters,
    responseParameters,
    tlsConfig: tlsConfig && { serverNameToVerify: tlsConfig.ServerNameToVerify },
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
};

/** Authorizers stand among the security schemes. AWS: tokens are OAuth's, functions are asked as for API keys. */
const componentsOf = ({ snapshot, withExtensions }: ExportedApi): object => {
  const { authorizers } = snapshot;
  if (authorizers.length === 0) return {};
  const schemes = authorizers.map((authorizer) => {
    const plain =
      authorizer.authorizerType === "JWT" ? { type: "oauth2" } : { type: "apiKey", name: "Unused", in: "header" };
    const extension = withExtensions ? { "x-amazon-apigateway-authorizer": authorizerOf(authorizer) } : {};
    return [authorizer.name, { ...plain, ...extension }];
  });
  return { components: { securitySchemes: Object.fromEntries(schemes) } };
};

const authorizerOf = (authorizer: AuthorizerRecord): object => {
  const { authorizerType, identitySource = [], jwtConfiguration } = authorizer;
  if (authorizerType === "JWT") {
    const { Issuer: issuer, Audience: audience } = jwtConfiguration ?? {};
    return { identitySource: identitySource[0], jwtConfiguration: { audience, issuer }, type: "jwt" };
  }
  const { authorizerUri, authorizerResultTtlInSeconds, authorizerPayloadFormatVersion, enableSimpleResponses } =
    authorizer;
  const { authorizerCredentialsArn } = authorizer;
  return {
    identitySource: identitySource.join(","),
    authorizerUri,
    authorizerCredentials: authorizerCredentialsArn,
    authorizerPayloadFormatVersion,
    authorizerResultTtlInSeconds,
    enableSimpleResponses,
    type: "request",
  };
};

/** As extensions spell them. */
const lowered = (cors: Cors): object =>
  Object.fromEntries(
    Object.entries(cors)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]),
  );
