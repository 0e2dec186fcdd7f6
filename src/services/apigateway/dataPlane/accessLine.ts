import type { GatewayResponseType } from "@aws-sdk/client-api-gateway";
import type { HttpResponse } from "../../../kernel/http.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { contextOf, valueAt } from "./context.ts";
import type { Learned, Phase } from "./journal.ts";
import { headerOf, type StagedRequest } from "./request.ts";

/**
 * A line of an access log: the format with its `$context` variables filled in, a dash where one has no value.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
export const accessLine = (
  format: string,
  request: StagedRequest,
  learned: Learned,
  answer: HttpResponse,
  latencyMs: number,
): string => {
  const values = valuesOf(request, learned, answer, latencyMs);
  return format.replace(/\$context\.([A-Za-z]\w*(?:\.[\w-]+)*)/g, (_, name: string) => {
    const value = values[name] ?? valueAt(values, name);
    if (value === undefined || value === null || value === "") return "-";
    return typeof value === "string" ? value : JSON.stringify(value);
  });
};

const valuesOf = (
  request: StagedRequest,
  { known, failure, integration, ...phases }: Learned,
  answer: HttpResponse,
  latencyMs: number,
): JsonObject => {
  const match = request.table.match(request.http.method, request.address.path);
  const latency = integration && String(integration.latencyMs);
  const integrationStatus = integration?.status === undefined ? null : String(integration.status);
  const integrationError = failure && INTEGRATION_FAILURES.has(failure.type) ? failure.why : null;
  return {
    ...contextOf({ headers: headersOf(request), ...request, ...known, ...(match ? { match } : {}) }),
    status: String(answer.status),
    responseLength: String(lengthOf(answer)),
    responseLatency: String(latencyMs),
    integrationLatency: latency ?? null,
    integrationStatus,
    "integration.latency": latency ?? null,
    "integration.status": integrationStatus,
    "integration.integrationStatus": integrationStatus,
    "integration.error": integrationError,
    integrationErrorMessage: integrationError,
    "integration.requestId": integration ? request.requestId : null,
    "customDomain.basePathMatched": request.address.mapped?.slice(1) ?? null,
    ...phaseValues("authenticate", phases.authenticate),
    ...phaseValues("authorizer", phases.authorizer),
    ...phaseValues("authorize", phases.authorize),
    xrayTraceId: (known && headerOf(known, "x-amzn-trace-id")) ?? null,
    ...(failure
      ? {
          "error.message": failure.message,
          "error.messageString": JSON.stringify(failure.message),
          "error.responseType": failure.type,
        }
      : {}),
  };
};

const INTEGRATION_FAILURES: ReadonlySet<GatewayResponseType> = new Set([
  "API_CONFIGURATION_ERROR",
  "INTEGRATION_FAILURE",
  "INTEGRATION_TIMEOUT",
]);

const phaseValues = (name: string, phase: Phase | undefined): JsonObject =>
  phase
    ? {
        [`${name}.error`]: phase.error ?? null,
        [`${name}.latency`]: String(phase.latencyMs),
        [`${name}.status`]: String(phase.status),
      }
    : {};

/** The caller's headers, which a request that no method was found for has only as they came. */
const headersOf = ({ http }: StagedRequest): (readonly [string, string])[] =>
  Object.entries(http.headers).flatMap(([name, value]) => [value ?? []].flat().map((each) => [name, each] as const));

const lengthOf = ({ body }: HttpResponse): number => {
  if (typeof body === "string") return Buffer.byteLength(body);
  return body instanceof Uint8Array ? body.length : 0;
};
