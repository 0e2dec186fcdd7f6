import { functionIn } from "../../../../engines/gateway/integrationTarget.ts";
import { decideInvoke } from "../../../../engines/gateway/invokePolicy.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../../kernel/json.ts";
import { MAX_AUTHORIZER_MS } from "../../limits.ts";
import type { AuthorizerRecord } from "../../records.ts";
import type { Room } from "../../room.ts";
import { apiArn, sourceArn } from "../addresses.ts";
import { lambdaEvent } from "../events.ts";
import { callFault, FUNCTION_FAILED } from "../functionFaults.ts";
import { gatewayFor, inRole } from "../gatewayFor.ts";
import type { Authorized } from "../model.ts";
import type { ApiRequest } from "../request.ts";
import { FORBIDDEN, INTERNAL_ERROR, UNAUTHORIZED } from "../responses.ts";
import { identityAt } from "./identity.ts";

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
  const routeArn = sourceArn(room, request);
  if (known && known.until > room.clock.now()) return verdict(request, known.answer, authorizer, routeArn);
  const answer = await answerOf(room, request, authorizer, identity);
  // AWS: an authorizer that fails, or may not be called, lets nobody through.
  if (!answer) return { refusal: INTERNAL_ERROR };
  if (ttlMs > 0) {
    if (room.decisions.size >= MAX_REMEMBERED) room.decisions.clear();
    room.decisions.set(key, { answer, until: room.clock.now() + ttlMs });
  }
  return verdict(request, answer, authorizer, routeArn);
};

/** What the function answers; undefined where it fails to. */
const answerOf = async (
  room: Room,
  request: ApiRequest,
  authorizer: AuthorizerRecord,
  identity: readonly (string | undefined)[],
): Promise<JsonObject | undefined> => {
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
  // AWS: authorizers are called on behalf of `API/authorizers/ID`.
  const behalf = `${apiArn(room, request.table.api.apiId)}/authorizers/${authorizer.authorizerId}`;
  const self = gatewayFor(room, request, behalf);
  try {
    const { call } = await inRole(self, authorizer.authorizerCredentialsArn);
    const FunctionName = functionIn(authorizer.authorizerUri ?? "", request.table.stage.stageVariables);
    const asked = call("lambda", "Invoke", { FunctionName, Payload: Buffer.from(JSON.stringify(event)) });
    const output = await room.timeouts.race(asked, MAX_AUTHORIZER_MS, undefined);
    if (!output) return failed(request, LATE);
    if (output.FunctionError !== undefined) return failed(request, FUNCTION_FAILED);
    const answer = output.Payload instanceof Uint8Array ? jsonIn(output.Payload) : undefined;
    return isJsonObject(answer) ? answer : failed(request, UNREADABLE);
  } catch (error) {
    // A function that cannot be called has no answer.
    return failed(request, callFault(error, "authorizer"));
  }
};

/** Takes down for an access log why an authorizer has no answer. */
const failed = ({ notes }: ApiRequest, authorizerError: string): undefined => {
  if (notes) notes.authorizerError = authorizerError;
};

const jsonIn = (payload: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(payload).toString());
  } catch {
    // What is no JSON is no answer.
    return undefined;
  }
};

const LATE = "The Lambda authorizer took longer than 10 seconds.";
const UNREADABLE = "The Lambda authorizer's response is not of the authorizer's format.";

const verdict = (
  request: ApiRequest,
  answer: JsonObject,
  { enableSimpleResponses }: AuthorizerRecord,
  routeArn: string,
): Authorized => {
  const context = isJsonObject(answer["context"]) ? answer["context"] : {};
  // AWS: logs tell who a policy was made for, which events do not.
  const { principalId } = answer;
  if (request.notes)
    request.notes.authorizerContext = principalId === undefined ? context : { principalId, ...context };
  const isAllowed = enableSimpleResponses
    ? yesOrNo(answer["isAuthorized"])
    : decision(answer["policyDocument"], routeArn);
  if (isAllowed === undefined) {
    failed(request, UNREADABLE);
    return { refusal: INTERNAL_ERROR };
  }
  return isAllowed ? { caller: { kind: "lambda", context } } : { refusal: FORBIDDEN };
};

const yesOrNo = (value: JsonValue | undefined): boolean | undefined => (typeof value === "boolean" ? value : undefined);

const decision = (document: JsonValue | undefined, routeArn: string): boolean | undefined =>
  isJsonObject(document) ? decideInvoke(document, routeArn) === "allowed" : undefined;
