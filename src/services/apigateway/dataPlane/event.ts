import { identityOf } from "./context.ts";
import { headerOf, isBinary, lastAndAll, logTime, type MethodRequest, queryPairs } from "./request.ts";

/** The event of the Lambda proxy integration. https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-input-format */
export const proxyEvent = (request: MethodRequest) => {
  const { bytes, table } = request;
  const isBase64Encoded =
    bytes.length > 0 && isBinary(table.snapshot.binaryMediaTypes, headerOf(request, "content-type"));
  return {
    ...requestPart(request),
    body: bytes.length === 0 ? null : bytes.toString(isBase64Encoded ? "base64" : "utf8"),
    isBase64Encoded,
  };
};

/** What a request authorizer gets to know of it, too. */
export const requestPart = (request: MethodRequest) => {
  const { http, match, table, address } = request;
  const headers = lastAndAll(request.headers);
  const query = lastAndAll(queryPairs(http.rawQuery));
  const { variables } = table.stage;
  return {
    resource: match.target.resource.path,
    path: `${address.mapped ?? ""}${address.path}`,
    httpMethod: http.method,
    headers: headers.last,
    multiValueHeaders: headers.all,
    queryStringParameters: query.last,
    multiValueQueryStringParameters: query.all,
    // AWS: REST APIs pass path parameters on as they were escaped.
    pathParameters: match.parameters ?? null,
    stageVariables: variables && Object.keys(variables).length > 0 ? variables : null,
    requestContext: requestContext(request),
  };
};

const requestContext = (request: MethodRequest) => {
  const { http, match, table, address } = request;
  return {
    resourceId: match.target.resource.id,
    ...(request.authorizer ? { authorizer: request.authorizer } : {}),
    resourcePath: match.target.resource.path,
    httpMethod: http.method,
    extendedRequestId: request.extendedRequestId,
    requestTime: logTime(request.time),
    path: address.fullPath,
    accountId: request.accountId,
    protocol: "HTTP/1.1",
    stage: table.stage.stageName,
    domainPrefix: table.api.id,
    requestTimeEpoch: request.time,
    requestId: request.requestId,
    identity: identityOf(request),
    domainName: request.domainName,
    deploymentId: table.stage.deploymentId,
    apiId: table.api.id,
  };
};
