import { newTraceId } from "../../../../kernel/traceId.ts";
import { MAX_SOCKET_INTEGRATION_TIMEOUT_MS } from "../../limits.ts";
import type { Room } from "../../room.ts";
import { tellServed } from "../tellServed.ts";
import { askBackend } from "./askBackend.ts";
import { invokeProxy } from "./invokeFunction.ts";
import { FAILED, NOTHING, type RouteAnswer } from "./routeAnswer.ts";
import type { RouteRequest } from "./routeRequest.ts";
import type { SocketEvent } from "./socketEvents.ts";
import type { SocketRoute, SocketTable } from "./socketTable.ts";
import { socketValues } from "./socketValues.ts";

const LATE: RouteAnswer = { ...FAILED, status: 504 };

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
  room.accessLog(table, () => socketValues(event, route.integration, answer, room.clock.now() - startedAt));
  return answer;
};

const integrated = (
  room: Room,
  table: SocketTable,
  route: SocketRoute,
  event: SocketEvent,
  traceId: string,
): Promise<RouteAnswer> => {
  const { integration } = route;
  if (!integration) return Promise.resolve(NOTHING);
  const { timeoutInMillis = MAX_SOCKET_INTEGRATION_TIMEOUT_MS } = integration;
  const signal = AbortSignal.timeout(timeoutInMillis);
  const request = { table, route, integration, event, traceId, signal };
  return room.timeouts.race(answered(room, request), timeoutInMillis, LATE);
};

const answered = async (room: Room, request: RouteRequest): Promise<RouteAnswer> => {
  const { integrationType } = request.integration;
  if (integrationType === "AWS_PROXY") return invokeProxy(room, request);
  if (integrationType === "HTTP_PROXY") return askBackend(request);
  // What evaluates templates takes its time to load.
  const { runMapped } = await import("./runMapped.ts");
  return runMapped(room, request);
};
