import type { GatewayResponseType } from "@aws-sdk/client-api-gateway";
import { AwsError, errorCode, errorMessage } from "../../../kernel/errors.ts";
import type { Principal } from "../../../kernel/principal.ts";
import type { Room } from "../room.ts";
import { chargeApiKey } from "./apiKeys.ts";
import { askAuthorizer } from "./lambdaAuthorizer.ts";
import { methodArn } from "./lambdaProxy.ts";
import { throughPhases } from "./phases.ts";
import type { Refusal } from "./refusal.ts";
import type { MethodRequest } from "./request.ts";
import { resourcePolicyOf } from "./resourcePolicy.ts";
import { isThrottled } from "./throttle.ts";
import { bodyFault, missingParameters } from "./validate.ts";

/** Everything a request must pass before its integration is run, in AWS's order; what was learned of it comes back. */
export const guarded = async (room: Room, request: MethodRequest): Promise<MethodRequest | Refusal> => {
  const known = await authorized(room, request);
  if ("refusal" in known) return known;
  const { method } = known.match.target;
  if (isThrottled(room, known)) return { refusal: "THROTTLED" };
  const charged = method.apiKeyRequired ? chargeApiKey(room, known) : known;
  return "refusal" in charged ? charged : validated(room, charged);
};

/** Whether a request is what its method's validator asks for. */
export const validated = async (_room: Room, request: MethodRequest): Promise<MethodRequest | Refusal> => {
  const { validator } = request.match.target;
  const missing = validator?.validateRequestParameters ? missingParameters(request) : [];
  if (missing.length > 0) {
    const message = `Missing required request parameters: [${missing.join(", ")}]`;
    return { refusal: "BAD_REQUEST_PARAMETERS", message, fault: message };
  }
  const fault = validator?.validateRequestBody ? bodyFault(request) : undefined;
  return fault === undefined ? request : { refusal: "BAD_REQUEST_BODY", fault };
};

const authorized = async (room: Room, request: MethodRequest): Promise<MethodRequest | Refusal> => {
  const { method, authorizer } = request.match.target;
  switch (method.authorizationType) {
    case "NONE":
      return openTo(room, request);
    case "AWS_IAM":
      return throughPhases(room, request, "authenticate", () => signedFor(room, request));
    default: {
      // A method that asks for an authorizer that is not there must not be open instead.
      if (!authorizer) return { refusal: "AUTHORIZER_CONFIGURATION_ERROR" };
      const denied = await deniedByPolicy(room, request);
      if (denied) return denied;
      const said = await throughPhases(room, request, "authorizer", () => askAuthorizer(room, request, authorizer));
      return "refusal" in said ? said : { ...request, authorizer: said.context };
    }
  }
};

/** AWS: an API with a policy is open only to those whom the policy allows, nobody in particular among them. */
const openTo = async (room: Room, request: MethodRequest): Promise<MethodRequest | Refusal> => {
  if (!request.table.api.policy) return request;
  const principal: Principal = { kind: "anonymous", account: room.account };
  const { ctx, requests } = invoking(room, request, principal);
  try {
    await ctx.authorize(requests);
    return request;
  } catch (error) {
    return denied(error);
  }
};

/** AWS: what an API's policy denies outright, no authorizer is asked about; where it says nothing, the authorizer decides. */
const deniedByPolicy = async (room: Room, request: MethodRequest): Promise<Refusal | undefined> => {
  const said = await openTo(room, request);
  return "refusal" in said && /explicit deny/.test(said.message ?? "") ? said : undefined;
};

const signedFor = async (room: Room, request: MethodRequest): Promise<MethodRequest | Refusal> => {
  try {
    const principal = await room.signedCaller(request.http, request.bytes, "execute-api", (caller) =>
      invoking(room, request, caller),
    );
    const id = "userId" in principal ? principal.userId : null;
    const caller = {
      accessKey: "accessKeyId" in principal ? (principal.accessKeyId ?? null) : null,
      accountId: principal.account,
      callerId: id,
      userArn: "arn" in principal ? principal.arn : null,
    };
    return { ...request, caller };
  } catch (error) {
    return denied(error);
  }
};

/** Whether a caller may have an answer that is not out of the stage's cache. */
export const mayInvalidate = async (room: Room, request: MethodRequest): Promise<boolean> => {
  try {
    await room.signedCaller(request.http, request.bytes, "execute-api", (caller) =>
      invoking(room, request, caller, "execute-api:InvalidateCache"),
    );
    return true;
  } catch (error) {
    // Whatever is no refusal is thrown on.
    denied(error);
    return false;
  }
};

const invoking = (room: Room, request: MethodRequest, principal: Principal, action = "execute-api:Invoke") => ({
  ctx: room.contextAs(principal, undefined, undefined, request.sourceIp),
  requests: [
    {
      action,
      resource: methodArn(room, request, request.address.path),
      resourceAccount: room.account,
      resourcePolicy: resourcePolicyOf(room, request.table.api),
    },
  ],
});

const REFUSALS: Readonly<Record<string, GatewayResponseType>> = {
  MissingAuthenticationTokenException: "MISSING_AUTHENTICATION_TOKEN",
  ExpiredTokenException: "EXPIRED_TOKEN",
  InvalidSignatureException: "INVALID_SIGNATURE",
  IncompleteSignatureException: "INVALID_SIGNATURE",
};

/** AWS: a REST API says what was wrong with a signature, and which action was denied. */
const denied = (error: unknown): Refusal => {
  const code = errorCode(error);
  const isRefusal = error instanceof AwsError || code.startsWith("AccessDenied");
  if (!isRefusal) throw error;
  const message = errorMessage(error);
  const refusal = REFUSALS[code] ?? (code.startsWith("AccessDenied") ? "ACCESS_DENIED" : "INVALID_SIGNATURE");
  return refusal === "MISSING_AUTHENTICATION_TOKEN" ? { refusal } : { refusal, message };
};
