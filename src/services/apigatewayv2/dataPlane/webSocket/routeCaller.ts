import type { Context } from "../../../../kernel/context.ts";
import type { Room } from "../../room.ts";
import { apiArn } from "../addresses.ts";
import { inRole, SERVICE } from "../gatewayFor.ts";
import type { RouteRequest } from "./routeRequest.ts";

/** As whom a route's integration is called: the gateway itself on behalf of the route, or the integration's role. */
export const routeCaller = (
  room: Room,
  { table, route, integration, traceId }: RouteRequest,
): Context | Promise<Context> => {
  const sourceArn = `${apiArn(room, table.api.apiId)}/${table.stage.stageName}/${route.route.routeKey}`;
  const self = room.contextAs({ kind: "service", account: room.account, service: SERVICE, sourceArn }).traced(traceId);
  const role = integration.credentialsArn;
  return inRole(self, role);
};
