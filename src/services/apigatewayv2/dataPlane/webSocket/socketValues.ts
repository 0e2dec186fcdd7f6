import type { IntegrationRecord } from "../../records.ts";
import type { AccessValues } from "../accessLog.ts";
import type { RouteAnswer } from "./routeAnswer.ts";
import type { SocketEvent } from "./socketEvents.ts";

/** What an access log may tell of a message. https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html */
export const socketValues = (
  { requestContext }: SocketEvent,
  integration: IntegrationRecord | undefined,
  { status, body, refusal }: RouteAnswer,
  latencyMs: number,
): AccessValues => {
  const failure = refusal ?? (status >= 500 && body === undefined ? "Internal server error" : undefined);
  return {
    ...requestContext,
    status,
    ...(integration ? integrationValues(status, failure, latencyMs) : {}),
    ...(failure ? { "error.message": failure, "error.messageString": JSON.stringify(failure) } : {}),
  };
};

const integrationValues = (status: number, failure: string | undefined, latencyMs: number): AccessValues => ({
  integrationStatus: status,
  integrationLatency: Math.round(latencyMs),
  "integration.status": status,
  "integration.integrationStatus": status,
  "integration.latency": Math.round(latencyMs),
  "integration.error": failure ?? null,
});
