import type {
  ApiRecord,
  AuthorizerRecord,
  IntegrationRecord,
  IntegrationResponseRecord,
  ModelRecord,
  RouteRecord,
  StageRecord,
} from "../../records.ts";
import { isWebSocket } from "../../records.ts";
import type { Room } from "../../room.ts";
import { requestVariables } from "./messageBody.ts";
import { selectedKey } from "./selectionExpression.ts";

/** How one stage of a WebSocket API answers. */
export interface SocketTable {
  readonly api: ApiRecord;
  readonly stage: StageRecord;
  readonly models: readonly ModelRecord[];
  /** Whether any route is only for those with an API key. */
  readonly asksForKeys: boolean;
  /** The route of a key, if there is one: `$connect`, say. */
  route(key: string): SocketRoute | undefined;
  /** The route that a message chooses; `$default` where it chooses none. */
  select(message: string): SocketRoute | undefined;
}

export interface SocketRoute {
  readonly route: RouteRecord;
  readonly integration: IntegrationRecord | undefined;
  readonly authorizer: AuthorizerRecord | undefined;
  /** The responses of a route's integration. */
  readonly responses: readonly IntegrationResponseRecord[];
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
        responses: snapshot?.responses?.find((one) => one.integrationId === integrationId)?.responses ?? [],
        authorizer: snapshot?.authorizers.find((one) => one.authorizerId === found.authorizerId),
        answers: found.routeResponseSelectionExpression !== undefined && !!snapshot?.answering?.includes(found.routeId),
      }
    );
  };
  const expression = api.routeSelectionExpression ?? "";
  return {
    api,
    stage,
    models: snapshot?.models ?? [],
    asksForKeys: snapshot?.routes.some(({ apiKeyRequired }) => apiKeyRequired) ?? false,
    route,
    select: (message) => route(selectedKey(expression, requestVariables(message))) ?? route("$default"),
  };
};
