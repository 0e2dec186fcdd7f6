import type { HttpResponse } from "../../../kernel/http.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import type { AccessValues } from "./accessLog.ts";
import { ownVariables } from "./mapping/contextVariables.ts";
import type { RouteCaller } from "./model.ts";
import type { AccessNotes } from "./request.ts";

/** What an access log may tell of a request. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html */
export const accessValues = (
  known: JsonObject,
  notes: AccessNotes,
  answer: HttpResponse,
  latencyMs: number,
): AccessValues => {
  const { request, authorizerContext, authorizerError, integrationError } = notes;
  return {
    ...known,
    ...(request ? { ...ownVariables(request), ...callerValues(request.caller) } : {}),
    ...(authorizerContext ? { authorizer: authorizerContext } : {}),
    ...integrationValues(notes),
    "authorizer.error": authorizerError ?? null,
    "integration.error": integrationError ?? null,
    integrationErrorMessage: integrationError ?? null,
    ...errorValues(answer, notes),
    dataProcessed: lengthOf(answer) + (request?.bytes.length ?? 0),
    responseLatency: Math.round(latencyMs),
    responseLength: lengthOf(answer),
    status: answer.status,
  };
};

const callerValues = (caller: RouteCaller | undefined): JsonObject => {
  switch (caller?.kind) {
    case "jwt":
      return { authorizer: { claims: caller.claims }, "authorizer.claims": null };
    case "iam":
      return {
        "identity.accountId": caller.iam.accountId,
        "identity.caller": caller.iam.callerId,
        "identity.user": caller.iam.userId,
        "identity.userArn": caller.iam.userArn,
      };
    default:
      return {};
  }
};

/** AWS: of a function, one status is what its code answered, and the other what Lambda did. */
const integrationValues = ({ request, integration, integrationError }: AccessNotes): JsonObject => {
  if (!integration) return {};
  const { response, latencyMs } = integration;
  const isFunction = request?.match.target.integration?.integrationType === "AWS_PROXY";
  const reached = isFunction && integrationError === undefined ? 200 : response.status;
  const requestId = [response.headers["x-amzn-requestid"] ?? response.headers["x-amz-request-id"] ?? []].flat().at(0);
  return {
    integrationLatency: Math.round(latencyMs),
    integrationStatus: reached,
    "integration.latency": Math.round(latencyMs),
    "integration.status": response.status,
    "integration.integrationStatus": reached,
    awsEndpointRequestId: requestId ?? null,
    awsEndpointRequestId2: [response.headers["x-amz-id-2"] ?? []].flat().at(0) ?? null,
    "integration.requestId": requestId ?? null,
  };
};

/** What the gateway itself answered, where it did. */
const errorValues = ({ status, body }: HttpResponse, { integration, integrationError }: AccessNotes): JsonObject => {
  const isOwn = status >= 400 && (integration === undefined || integrationError !== undefined);
  if (!isOwn || typeof body !== "string") return {};
  const [, message = ""] = /^\{"message":"([^"]*)"\}$/.exec(body) ?? [];
  const responseType = RESPONSE_TYPES[status] ?? null;
  return {
    "error.message": message,
    "error.messageString": JSON.stringify(message),
    "error.responseType": responseType,
  };
};

const RESPONSE_TYPES: Readonly<Record<number, string>> = {
  401: "UNAUTHORIZED",
  403: "ACCESS_DENIED",
  404: "RESOURCE_NOT_FOUND",
  413: "REQUEST_TOO_LARGE",
  429: "THROTTLED",
  500: "API_CONFIGURATION_ERROR",
  503: "INTEGRATION_FAILURE",
};

const lengthOf = ({ body }: HttpResponse): number => {
  if (typeof body === "string") return Buffer.byteLength(body);
  return body instanceof Uint8Array ? body.length : 0;
};
