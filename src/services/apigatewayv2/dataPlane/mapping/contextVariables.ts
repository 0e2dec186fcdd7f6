import type { JsonValue } from "../../../../kernel/json.ts";
import { type ApiRequest, logTime } from "../request.ts";

/** `$context.…` https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html */
export const contextVariable = (request: ApiRequest, name: string): JsonValue | undefined =>
  authorizerVariable(request, name) ?? ownVariables(request)[name];

/** All but what an authorizer found. */
export const ownVariables = (request: ApiRequest): Readonly<Record<string, string | undefined>> => ({
  accountId: request.accountId,
  apiId: request.table.api.apiId,
  domainName: request.domainName,
  domainPrefix: request.domainName.split(".")[0],
  extendedRequestId: request.requestId,
  httpMethod: request.http.method,
  "identity.sourceIp": request.sourceIp,
  "identity.userAgent": request.headers.find(([header]) => header === "user-agent")?.[1],
  path: request.path,
  protocol: "HTTP/1.1",
  requestId: request.requestId,
  requestTime: logTime(request.time),
  requestTimeEpoch: String(Math.floor(request.time / 1000)),
  routeKey: request.match.target.route.routeKey,
  stage: request.stageName,
});

const authorizerVariable = ({ caller }: ApiRequest, name: string): JsonValue | undefined => {
  if (caller?.kind === "iam") return { "identity.userArn": caller.iam.userArn, ...iamVariables(caller.iam) }[name];
  const [, claim] = /^authorizer\.claims\.(.+)$/.exec(name) ?? [];
  if (caller?.kind === "jwt") return claim === undefined ? undefined : caller.claims[claim];
  return caller?.kind === "lambda" ? caller.context[name.replace(/^authorizer\./, "")] : undefined;
};

const iamVariables = (iam: {
  readonly accessKey: string | null;
  readonly accountId: string;
  readonly callerId: string | null;
  readonly userId: string | null;
}) => ({
  "identity.accountId": iam.accountId,
  "identity.caller": iam.callerId,
  "identity.user": iam.userId,
});
