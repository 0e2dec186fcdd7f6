import type { ApiRecord, AuthorizerRecord, IntegrationRecord, RouteRecord, StageRecord } from "../../records.ts";
import { isWebSocket } from "../../records.ts";
import type { Room } from "../../room.ts";
import { jsonAt, parseJson } from "../mapping/jsonPath.ts";

/** How one stage of a WebSocket API answers. */
export interface SocketTable {
  readonly api: ApiRecord;
  readonly stage: StageRecord;
  /** The route of a key, if there is one: `$connect`, say. */
  route(key: string): SocketRoute | undefined;
  /** The route that a message chooses; `$default` where it chooses none. */
  select(message: string): SocketRoute | undefined;
}

export interface SocketRoute {
  readonly route: RouteRecord;
  readonly integration: IntegrationRecord | undefined;
  readonly authorizer: AuthorizerRecord | undefined;
  /** Whether what the integration says goes back over the socket. */
  readonly answers: boolean;
}

/** The table of a stage; undefined when the API is none of WebSockets, or has no such stage or no deployment there. */
export const socketTable = (room: Room, apiId: string, stageName: string): SocketTable | undefined => {
  const api = room.apis.get(apiId);
  const stage = room.stages.get([apiId, stageName]);
  if (!api || !isWebSocket(api) || stage?.deploymentId === undefined) return undefined;
  const snapshot = room.deployments.get([apiId, stage.deploymentId])?.snapshot;
  const route = (key: string): SocketRoute | undefined => {
    const found = snapshot?.routes.find(({ routeKey }) => routeKey === key);
    const integrationId = found?.target?.replace(/^integrations\//, "");
    return (
      found && {
        route: found,
        integration: snapshot?.integrations.find((one) => one.integrationId === integrationId),
        authorizer: snapshot?.authorizers.find((one) => one.authorizerId === found.authorizerId),
        answers: found.routeResponseSelectionExpression !== undefined && !!snapshot?.answering?.includes(found.routeId),
      }
    );
  };
  const expression = api.routeSelectionExpression ?? "";
  return { api, stage, route, select: (message) => route(selectedKey(expression, message)) ?? route("$default") };
};

/** What an expression such as `$request.body.action` or `${request.body.a}/${request.body.b}` makes of a message. */
const selectedKey = (expression: string, message: string): string => {
  const document = parseJson(message);
  const at = (path: string) => String(jsonAt(document, path) ?? "");
  const [, whole] = /^\$request\.body\.(.+)$/.exec(expression) ?? [];
  return whole === undefined
    ? expression.replace(/\$\{request\.body\.([^}]+)\}/g, (_, path: string) => at(path))
    : at(whole);
};
