import { functionIn, withStageVariables } from "../../../../engines/gateway/integrationTarget.ts";
import { assumeRole } from "../../../../kernel/assumeRole.ts";
import { errorCode, NotImplemented } from "../../../../kernel/errors.ts";
import { isJsonObject } from "../../../../kernel/json.ts";
import { newTraceId } from "../../../../kernel/traceId.ts";
import { MAX_SOCKET_INTEGRATION_TIMEOUT_MS } from "../../limits.ts";
import type { IntegrationRecord } from "../../records.ts";
import type { Room } from "../../room.ts";
import { apiArn } from "../addresses.ts";
import { parseJson } from "../mapping/jsonPath.ts";
import { tellServed } from "../tellServed.ts";
import type { SocketEvent } from "./socketEvents.ts";
import type { SocketRoute, SocketTable } from "./socketTable.ts";

/** What a route's integration said. */
export interface RouteAnswer {
  readonly status: number;
  readonly body: string | undefined;
  /** Of what the client of a handshake gets to see. */
  readonly headers: Readonly<Record<string, string>>;
}

const FAILED: RouteAnswer = { status: 500, body: undefined, headers: {} };
const LATE: RouteAnswer = { status: 504, body: undefined, headers: {} };
const NOTHING: RouteAnswer = { status: 200, body: undefined, headers: {} };

/** Runs a route's integration, and tells that it was. Throws NotImplemented. */
export const runRoute = async (
  room: Room,
  table: SocketTable,
  route: SocketRoute,
  event: SocketEvent,
  traceId = newTraceId(room.ids, room.clock.now()),
): Promise<RouteAnswer> => {
  const startedAt = room.clock.now();
  const answer = await integrated(room, table, route, event, traceId);
  tellServed(room, {
    apiId: table.api.apiId,
    stageName: table.stage.stageName,
    operation: `WebSocket ${route.route.routeKey}`,
    requestId: String(event.requestContext["requestId"]),
    traceId,
    startedAt,
    status: answer.status,
  });
  return answer;
};

const integrated = (
  room: Room,
  table: SocketTable,
  { integration, route }: SocketRoute,
  event: SocketEvent,
  traceId: string,
): Promise<RouteAnswer> => {
  if (!integration || integration.integrationType === "MOCK") return Promise.resolve(NOTHING);
  const work =
    integration.integrationType === "AWS_PROXY"
      ? invoke(room, table, integration, event, { routeKey: route.routeKey, traceId })
      : post(integration, table, event);
  return room.timeouts.race(work, integration.timeoutInMillis ?? MAX_SOCKET_INTEGRATION_TIMEOUT_MS, LATE);
};

const invoke = async (
  room: Room,
  { api, stage }: SocketTable,
  { integrationUri = "", credentialsArn }: IntegrationRecord,
  event: SocketEvent,
  { routeKey, traceId }: { readonly routeKey: string; readonly traceId: string },
): Promise<RouteAnswer> => {
  const service = "apigateway.amazonaws.com";
  const sourceArn = `${apiArn(room, api.apiId)}/${stage.stageName}/${routeKey}`;
  const self = room.contextAs({ kind: "service", account: room.account, service, sourceArn }).traced(traceId);
  try {
    const { call } = credentialsArn
      ? await assumeRole(self, { service }, credentialsArn, "BackplaneAssumeRoleSession")
      : self;
    const FunctionName = functionIn(integrationUri, stage.stageVariables);
    const output = await call("lambda", "Invoke", { FunctionName, Payload: Buffer.from(JSON.stringify(event)) });
    if (output.FunctionError !== undefined || !(output.Payload instanceof Uint8Array)) return FAILED;
    return proxyAnswer(Buffer.from(output.Payload).toString());
  } catch (error) {
    if (error instanceof NotImplemented) throw error;
    return errorCode(error) === "TooManyRequestsException" ? { ...FAILED, status: 429 } : FAILED;
  }
};

/** AWS: a function answers with a status, and a body where the route answers. */
const proxyAnswer = (payload: string): RouteAnswer => {
  const answer = parseJson(payload);
  if (!isJsonObject(answer)) return FAILED;
  const status = Number(answer["statusCode"]);
  if (!Number.isInteger(status) || status < 100 || status > 599) return FAILED;
  const { body, headers } = answer;
  const texts = Object.entries(isJsonObject(headers) ? headers : {}).map(([name, value]) => [name, String(value)]);
  return { status, body: typeof body === "string" ? body : undefined, headers: Object.fromEntries(texts) };
};

const post = async (
  { integrationUri = "", integrationMethod = "POST" }: IntegrationRecord,
  { stage }: SocketTable,
  event: SocketEvent,
): Promise<RouteAnswer> => {
  const uri = withStageVariables(integrationUri, stage.stageVariables);
  const sends = integrationMethod !== "GET" && integrationMethod !== "HEAD";
  try {
    const response = await fetch(uri, {
      method: integrationMethod,
      redirect: "manual",
      ...(sends && typeof event["body"] === "string" ? { body: event["body"] } : {}),
    });
    return { status: response.status, body: await response.text(), headers: {} };
  } catch {
    // The backend cannot be reached.
    return FAILED;
  }
};
