import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import type { AuthorizerRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { lambdaEvent } from "./events.ts";
import { functionIn, sourceArn } from "./integrate.ts";
import type { Authorized } from "./model.ts";
import { type ApiRequest, queryPairs } from "./request.ts";
import { gatewayResponse, INTERNAL_ERROR } from "./responses.ts";

const UNAUTHORIZED = gatewayResponse(401, "Unauthorized");
const FORBIDDEN = gatewayResponse(403, "Forbidden");
const DEFAULT_TTL_SECONDS = 300;
/** Decisions remembered at once for all of a room's authorizers. */
const MAX_REMEMBERED = 10_000;

/** Asks a Lambda authorizer. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html */
export const askAuthorizer = async (
  room: Room,
  request: ApiRequest,
  authorizer: AuthorizerRecord,
): Promise<Authorized> => {
  const sources = authorizer.identitySource ?? [];
  const identity = sources.map((source) => identityAt(request, source));
  // AWS: without what identifies a caller, the function is not even asked.
  if (identity.some((value) => value === undefined || value === "")) return { refusal: UNAUTHORIZED };
  const ttlMs = (authorizer.authorizerResultTtlInSeconds ?? (sources.length > 0 ? DEFAULT_TTL_SECONDS : 0)) * 1000;
  const key = JSON.stringify([request.table.api.apiId, authorizer.authorizerId, request.stageName, identity]);
  const known = ttlMs > 0 ? room.decisions.get(key) : undefined;
  if (known && known.until > room.clock.now()) return known.decision;
  const decision = await decide(room, request, authorizer, identity);
  if (ttlMs > 0) {
    if (room.decisions.size >= MAX_REMEMBERED) room.decisions.clear();
    room.decisions.set(key, { decision, until: room.clock.now() + ttlMs });
  }
  return decision;
};

const decide = async (
  room: Room,
  request: ApiRequest,
  authorizer: AuthorizerRecord,
  identity: readonly (string | undefined)[],
): Promise<Authorized> => {
  const version = authorizer.authorizerPayloadFormatVersion ?? "2.0";
  const routeArn = sourceArn(room, request);
  const event =
    version === "1.0"
      ? {
          ...lambdaEvent(request, "1.0"),
          type: "REQUEST",
          methodArn: routeArn,
          identitySource: identity.join(","),
          authorizationToken: identity[0] ?? null,
        }
      : { ...lambdaEvent(request, "2.0"), type: "REQUEST", routeArn, identitySource: identity };
  const { call } = room.contextAs({
    kind: "service",
    account: room.account,
    service: "apigateway.amazonaws.com",
    sourceArn: authorizerArn(room, request, authorizer),
  });
  try {
    const FunctionName = functionIn(authorizer.authorizerUri ?? "", request.table.stage.stageVariables);
    const output = await call("lambda", "Invoke", { FunctionName, Payload: Buffer.from(JSON.stringify(event)) });
    if (output.FunctionError !== undefined || !(output.Payload instanceof Uint8Array))
      return { refusal: INTERNAL_ERROR };
    const answer: unknown = JSON.parse(Buffer.from(output.Payload).toString());
    return isJsonObject(answer) ? verdict(answer, authorizer, routeArn) : { refusal: INTERNAL_ERROR };
  } catch {
    // AWS: an authorizer that fails, or may not be called, lets nobody through.
    return { refusal: INTERNAL_ERROR };
  }
};

/** AWS: authorizers are called on behalf of `API/authorizers/ID`. */
const authorizerArn = (room: Room, { table }: ApiRequest, { authorizerId }: AuthorizerRecord): string =>
  `arn:${room.partition}:execute-api:${room.region}:${room.account}:${table.api.apiId}/authorizers/${authorizerId}`;

const verdict = (answer: JsonObject, { enableSimpleResponses }: AuthorizerRecord, routeArn: string): Authorized => {
  const context = isJsonObject(answer["context"]) ? answer["context"] : {};
  if (enableSimpleResponses) {
    if (typeof answer["isAuthorized"] !== "boolean") return { refusal: INTERNAL_ERROR };
    return answer["isAuthorized"] ? { context } : { refusal: FORBIDDEN };
  }
  const document = answer["policyDocument"];
  if (!isJsonObject(document)) return { refusal: INTERNAL_ERROR };
  return allows(document, routeArn) ? { context } : { refusal: FORBIDDEN };
};

/** An authorizer's policy speaks only of invoking routes, without conditions: a deny wins, and nothing is allowed unsaid. */
const allows = (document: JsonObject, routeArn: string): boolean => {
  const statements = listOf(document["Statement"]).filter(isJsonObject);
  const applying = statements.filter(
    (statement) => covers(statement["Action"], "execute-api:Invoke") && covers(statement["Resource"], routeArn),
  );
  return applying.some(({ Effect }) => Effect === "Allow") && !applying.some(({ Effect }) => Effect === "Deny");
};

const covers = (patterns: JsonValue | undefined, text: string): boolean =>
  listOf(patterns).some((pattern) => globExpression(String(pattern)).test(text));

const globExpression = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
    "i",
  );

const listOf = (value: JsonValue | undefined): readonly JsonValue[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** `$request.header.NAME`, `$request.querystring.NAME`, `$context.NAME`, `$stageVariables.NAME` */
const identityAt = (request: ApiRequest, source: string): string | undefined => {
  const [, kind, name = ""] =
    /^\$(request\.header|request\.querystring|context|stageVariables)\.(.+)$/.exec(source) ?? [];
  switch (kind) {
    case "request.header":
      return request.headers.find(([header]) => header === name.toLowerCase())?.[1];
    case "request.querystring":
      return queryPairs(request.http.rawQuery).find(([key]) => key === name)?.[1];
    case "stageVariables":
      return request.table.stage.stageVariables?.[name];
    case "context":
      return { routeKey: request.match.target.route.routeKey, httpMethod: request.http.method, path: request.path }[
        name
      ];
    default:
      return undefined;
  }
};
