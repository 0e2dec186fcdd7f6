import type { JsonObject, JsonValue } from "../../../kernel/json.ts";
import { headerOf, logTime, type MethodRequest, type StagedRequest } from "./request.ts";

/**
 * `$context` of mappings, templates and logs.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export const contextOf = (request: StagedRequest & Partial<Omit<MethodRequest, keyof StagedRequest>>): JsonObject => {
  const { table, http, address, match } = request;
  return {
    accountId: request.accountId,
    apiId: table.api.id,
    awsEndpointRequestId: request.requestId,
    ...(request.authorizer ? { authorizer: request.authorizer } : {}),
    deploymentId: table.stage.deploymentId,
    domainName: request.domainName,
    domainPrefix: request.domainName.split(".")[0] ?? "",
    extendedRequestId: request.extendedRequestId,
    httpMethod: http.method,
    identity: identityOf(request),
    path: address.fullPath,
    protocol: "HTTP/1.1",
    requestId: request.requestId,
    requestTime: logTime(request.time),
    requestTimeEpoch: request.time,
    resourceId: match?.target.resource.id ?? "",
    resourcePath: match?.target.resource.path ?? address.path,
    stage: table.stage.stageName,
  };
};

/** Who calls, as far as is known. */
export const identityOf = (request: StagedRequest & Partial<Pick<MethodRequest, "headers" | "caller" | "apiKey">>) => ({
  cognitoIdentityPoolId: null,
  ...(request.apiKey ? { apiKey: request.apiKey.value, apiKeyId: request.apiKey.id } : {}),
  accountId: request.caller?.accountId ?? null,
  cognitoIdentityId: null,
  caller: request.caller?.callerId ?? null,
  sourceIp: request.sourceIp,
  principalOrgId: null,
  accessKey: request.caller?.accessKey ?? null,
  cognitoAuthenticationType: null,
  cognitoAuthenticationProvider: null,
  userArn: request.caller?.userArn ?? null,
  userAgent: (request.headers && headerOf({ headers: request.headers }, "user-agent")) ?? null,
  user: request.caller?.callerId ?? null,
});

/** What stands at a dotted name of a context: `identity.sourceIp`. */
export const valueAt = (context: JsonObject, name: string): JsonValue | undefined => {
  let found: JsonValue | undefined = context;
  for (const step of name.split(".")) {
    found =
      typeof found === "object" && found !== null && !Array.isArray(found) && Object.hasOwn(found, step)
        ? Reflect.get(found, step)
        : undefined;
  }
  return found;
};
