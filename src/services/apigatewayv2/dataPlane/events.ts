import type { RouteCaller } from "./model.ts";
import { type ApiRequest, decoded, decodedParameters, joined, lastAndAll, logTime, queryPairs } from "./request.ts";

/** The event a function gets. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
export const lambdaEvent = (request: ApiRequest, version: string): object =>
  version === "1.0" ? eventV1(request) : eventV2(request);

const eventV2 = (request: ApiRequest) => {
  const { http, match, table, body } = request;
  const { route } = match.target;
  // AWS: decoded all the same, whatever `rawPath` is called.
  const path = decoded(request.path);
  const cookies = request.headers.flatMap(([name, value]) => (name === "cookie" ? value.split(/;\s*/) : []));
  const headers = joined(request.headers.filter(([name]) => name !== "cookie"));
  const query = queryPairs(http.rawQuery);
  const variables = stageVariables(table.stage.stageVariables);
  return {
    version: "2.0",
    routeKey: route.routeKey,
    rawPath: path,
    rawQueryString: http.rawQuery,
    ...(cookies.length > 0 ? { cookies } : {}),
    headers,
    ...(query.length > 0 ? { queryStringParameters: joined(query) } : {}),
    requestContext: {
      accountId: request.accountId,
      apiId: table.api.apiId,
      ...authorizerV2(request.caller),
      domainName: request.domainName,
      domainPrefix: request.domainName.split(".")[0] ?? "",
      http: {
        method: http.method,
        path,
        protocol: "HTTP/1.1",
        sourceIp: request.sourceIp,
        userAgent: headers["user-agent"] ?? "",
      },
      requestId: request.requestId,
      routeKey: route.routeKey,
      stage: request.stageName,
      time: logTime(request.time),
      timeEpoch: request.time,
    },
    ...(body.text === undefined ? {} : { body: body.text }),
    ...(match.parameters ? { pathParameters: decodedParameters(match.parameters) } : {}),
    isBase64Encoded: body.isBase64Encoded,
    ...(variables ? { stageVariables: variables } : {}),
  };
};

const eventV1 = (request: ApiRequest) => {
  const { http, match, table, body } = request;
  // AWS: this format shows what a custom domain's mapping took off the path; format 2.0 does not.
  const path = decoded(`${request.mapped}${request.path}`);
  const { resourcePath } = match.target;
  const headers = lastAndAll(request.headers);
  const query = lastAndAll(queryPairs(http.rawQuery));
  const hasQuery = http.rawQuery !== "";
  return {
    version: "1.0",
    resource: resourcePath,
    path,
    httpMethod: http.method,
    headers: headers.last,
    multiValueHeaders: headers.all,
    queryStringParameters: hasQuery ? query.last : null,
    multiValueQueryStringParameters: hasQuery ? query.all : null,
    requestContext: {
      accountId: request.accountId,
      apiId: table.api.apiId,
      authorizer: authorizerV1(request.caller),
      domainName: request.domainName,
      domainPrefix: request.domainName.split(".")[0] ?? "",
      extendedRequestId: request.requestId,
      httpMethod: http.method,
      identity: {
        ...identityV1(request.caller),
        sourceIp: request.sourceIp,
        userAgent: headers.last["user-agent"] ?? "",
      },
      path,
      protocol: "HTTP/1.1",
      requestId: request.requestId,
      requestTime: logTime(request.time),
      requestTimeEpoch: request.time,
      resourceId: match.target.route.routeKey,
      resourcePath,
      stage: request.stageName,
    },
    pathParameters: match.parameters ? decodedParameters(match.parameters) : null,
    stageVariables: stageVariables(table.stage.stageVariables) ?? null,
    body: body.text ?? null,
    isBase64Encoded: body.isBase64Encoded,
  };
};

const authorizerV2 = (caller: RouteCaller | undefined): object => {
  switch (caller?.kind) {
    case "lambda":
      return { authorizer: { lambda: caller.context } };
    case "jwt":
      return { authorizer: { jwt: { claims: caller.claims, scopes: caller.scopes } } };
    case "iam":
      return { authorizer: { iam: caller.iam } };
    default:
      return {};
  }
};

/** Format 1.0 has an authorizer's context without the name of its kind. */
const authorizerV1 = (caller: RouteCaller | undefined): object => {
  if (caller?.kind === "lambda") return caller.context;
  return caller?.kind === "jwt" ? { claims: caller.claims, scopes: caller.scopes } : { claims: null, scopes: null };
};

const identityV1 = (caller: RouteCaller | undefined) => {
  if (caller?.kind !== "iam") return NO_IDENTITY;
  const { accessKey, accountId, callerId, userArn, userId } = caller.iam;
  return { ...NO_IDENTITY, accessKey, accountId, caller: callerId, user: userId, userArn };
};

const stageVariables = (variables: Readonly<Record<string, string>> | undefined) =>
  variables && Object.keys(variables).length > 0 ? variables : undefined;

const NO_IDENTITY = {
  accessKey: null,
  accountId: null,
  caller: null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  user: null,
  userArn: null,
};
