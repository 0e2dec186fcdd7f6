import type { HttpResponse } from "../../../kernel/http.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { contextOf, valueAt } from "./context.ts";
import type { Learned } from "./journal.ts";
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
  { known, failure, integration }: Learned,
  answer: HttpResponse,
  latencyMs: number,
): JsonObject => {
  const match = request.table.match(request.http.method, request.address.path);
  const latency = integration && String(integration.latencyMs);
  const integrationStatus = integration?.status === undefined ? null : String(integration.status);
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

/** The caller's headers, which a request that no method was found for has only as they came. */
const headersOf = ({ http }: StagedRequest): (readonly [string, string])[] =>
  Object.entries(http.headers).flatMap(([name, value]) => [value ?? []].flat().map((each) => [name, each] as const));

const lengthOf = ({ body }: HttpResponse): number => {
  if (typeof body === "string") return Buffer.byteLength(body);
  return body instanceof Uint8Array ? body.length : 0;
};
