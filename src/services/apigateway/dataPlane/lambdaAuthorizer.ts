import { functionIn } from "../../../engines/gateway/integrationTarget.ts";
import { decideInvoke } from "../../../engines/gateway/invokePolicy.ts";
import { assumeRole } from "../../../kernel/assumeRole.ts";
import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import { MAX_INTEGRATION_TIMEOUT_MS } from "../limits.ts";
import type { AuthorizerRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { requestPart } from "./event.ts";
import { ROLE_SESSION, SERVICE } from "./gatewayService.ts";
import { tellInvocation, uninvokable } from "./invocationLog.ts";
import { gatewayFor, methodArn, textOf } from "./lambdaProxy.ts";
import { mappedValue } from "./mapping.ts";
import type { Refusal } from "./refusal.ts";
import type { MethodRequest } from "./request.ts";

const EXPLICIT_DENY = "User is not authorized to access this resource with an explicit deny";
const DEFAULT_TTL_SECONDS = 300;
/** Decisions remembered at once for all of a room's authorizers. */
const MAX_REMEMBERED = 10_000;

/** What an authorizer decided: a context for the integration's event, or an answer instead of one. */
export type Authorized = { readonly context: JsonObject } | Refusal;

/** Asks a Lambda authorizer. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html */
export const askAuthorizer = async (
  room: Room,
  request: MethodRequest,
  authorizer: AuthorizerRecord,
): Promise<Authorized> => {
  const sources = (authorizer.identitySource ?? "").split(",").flatMap((source) => source.trim() || []);
  const identity = sources.map((source) => mappedValue(request, source));
  // AWS: without what identifies a caller, the function is not even asked.
  if (identity.some((value) => value === undefined || value === "")) return { refusal: "UNAUTHORIZED" };
  const { identityValidationExpression: expression } = authorizer;
  if (authorizer.type === "TOKEN" && expression && !new RegExp(`^(?:${expression})$`).test(identity[0] ?? "")) {
    return { refusal: "UNAUTHORIZED" };
  }
  const ttlMs = (authorizer.authorizerResultTtlInSeconds ?? DEFAULT_TTL_SECONDS) * 1000;
  const key = JSON.stringify([request.table.api.id, authorizer.id, request.table.stage.stageName, identity]);
  const known = ttlMs > 0 ? room.decisions.get(key) : undefined;
  if (known && known.until > room.clock.now()) return verdict(room, request, known.answer);
  const answer = await asked(room, request, authorizer, identity[0] ?? "");
  if (!isJsonObject(answer)) return { refusal: answer };
  if (ttlMs > 0) {
    if (room.decisions.size >= MAX_REMEMBERED) room.decisions.clear();
    room.decisions.set(key, { answer, until: room.clock.now() + ttlMs });
  }
  return verdict(room, request, answer);
};

const asked = async (
  room: Room,
  request: MethodRequest,
  authorizer: AuthorizerRecord,
  token: string,
): Promise<JsonObject | "UNAUTHORIZED" | "AUTHORIZER_FAILURE" | "AUTHORIZER_CONFIGURATION_ERROR"> => {
  const arn = methodArn(room, request, request.address.path);
  const event =
    authorizer.type === "TOKEN"
      ? { type: "TOKEN", methodArn: arn, authorizationToken: token }
      : { type: "REQUEST", methodArn: arn, ...requestPart(request) };
  // AWS: authorizers are called on behalf of `API/authorizers/ID`.
  const self = gatewayFor(
    room,
    request,
    `arn:${room.partition}:execute-api:${room.region}:${room.account}:${request.table.api.id}/authorizers/${authorizer.id}`,
  );
  try {
    const { authorizerCredentials: role } = authorizer;
    const { call } = role ? await assumeRole(self, { service: SERVICE }, role, ROLE_SESSION) : self;
    const FunctionName = functionIn(authorizer.authorizerUri ?? "", request.table.stage.variables);
    const Payload = Buffer.from(JSON.stringify(event));
    tellInvocation(room, request, FunctionName, Payload);
    // No page says how long an authorizer may take: as long as an integration.
    const output = await room.timeouts.race(
      call("lambda", "Invoke", { FunctionName, Payload }),
      MAX_INTEGRATION_TIMEOUT_MS,
      undefined,
    );
    if (!output) return "AUTHORIZER_FAILURE";
    const text = textOf(output.Payload);
    request.journal?.tell("data", `Authorizer result body before parsing: ${text}`);
    const answer: unknown = JSON.parse(text);
    if (!isJsonObject(answer)) return "AUTHORIZER_CONFIGURATION_ERROR";
    if (output.FunctionError === undefined) return answer;
    // AWS: this very message is how a function says so.
    return answer["errorMessage"] === "Unauthorized" ? "UNAUTHORIZED" : "AUTHORIZER_FAILURE";
  } catch (error) {
    // AWS: an authorizer that may not be called, or is gone, lets nobody through.
    request.journal?.tell("error", uninvokable(error));
    return "AUTHORIZER_CONFIGURATION_ERROR";
  }
};

const verdict = (room: Room, request: MethodRequest, answer: JsonObject): Authorized => {
  const { principalId, policyDocument, context = {} } = answer;
  if (!isJsonObject(policyDocument) || typeof principalId !== "string" || !isJsonObject(context)) {
    return { refusal: "AUTHORIZER_CONFIGURATION_ERROR" };
  }
  // AWS: a context holds no objects or lists.
  if (Object.values(context).some((value) => typeof value === "object" && value !== null)) {
    return { refusal: "AUTHORIZER_CONFIGURATION_ERROR" };
  }
  request.journal?.learn({ authorization: { principalId, policyDocument } });
  request.journal?.tell("info", `Using valid authorizer policy for principal: ${principalId}`);
  const arn = methodArn(room, request, request.address.path);
  const decision = decideInvoke(policyDocument, arn);
  if (decision === "explicitly denied") return { refusal: "ACCESS_DENIED", message: EXPLICIT_DENY };
  if (decision !== "allowed") return { refusal: "ACCESS_DENIED" };
  const texts = Object.entries(context).map(([name, value]) => [name, value === null ? null : String(value)] as const);
  return { context: { ...Object.fromEntries(texts), principalId, integrationLatency: 0 } };
};
