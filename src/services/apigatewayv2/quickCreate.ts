import type { UpdateApiRequest } from "@aws-sdk/client-apigatewayv2";
import { apiChanged } from "./changes.ts";
import { badRequest } from "./errors.ts";
import { partsOf } from "./find.ts";
import { checkIntegration, checkRoute, newIntegration, newRoute, newStage } from "./parts.ts";
import { type ApiRecord, type IntegrationRecord, isWebSocket } from "./records.ts";
import type { Room } from "./room.ts";
import { merged } from "./spelling.ts";

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop.html: a whole API from one target.
// The words of what is refused are ours.

type QuickChanges = Pick<UpdateApiRequest, "Target" | "RouteKey" | "CredentialsArn">;

export const checkQuick = (api: ApiRecord): void => {
  if (isWebSocket(api)) throw badRequest("Quick create is not supported for WEBSOCKET APIs");
};

export const targetMissing = () => badRequest("RouteKey and CredentialsArn need a Target, for quick create");

/** Makes the route to a target, and a stage that deploys by itself. */
export const quickCreate = (
  room: Room,
  apiId: string,
  target: string,
  routeKey: string,
  credentialsArn: string | undefined,
): void => {
  const { integrationId } = newIntegration(room, apiId, {
    apiGatewayManaged: true,
    ...integrationOf(target),
    ...(credentialsArn === undefined ? {} : { credentialsArn }),
  });
  newRoute(room, apiId, { apiGatewayManaged: true, routeKey, target: `integrations/${integrationId}` });
  newStage(room, apiId, { stageName: "$default", autoDeploy: true, apiGatewayManaged: true });
  apiChanged(room, apiId);
};

/** Changes the route and the integration that quick create has made. AWS: its target can be another, but not none. */
export const quickUpdate = (room: Room, api: ApiRecord, { Target, RouteKey, CredentialsArn }: QuickChanges): void => {
  if (Target === undefined && RouteKey === undefined && CredentialsArn === undefined) return;
  checkQuick(api);
  const { apiId } = api;
  const integration = partsOf(room.integrations, apiId).find(({ apiGatewayManaged }) => apiGatewayManaged);
  const route = partsOf(room.routes, apiId).find(({ apiGatewayManaged }) => apiGatewayManaged);
  if (!integration || !route) {
    if (Target === "" && RouteKey === undefined && CredentialsArn === undefined) return;
    throw badRequest("Target, RouteKey and CredentialsArn can be updated only for an API made with quick create");
  }
  if (Target === "") throw badRequest("The target of an API made with quick create can be updated, but not removed");
  const changed = merged(Target === undefined ? integration : retargeted(integration, Target), { CredentialsArn });
  const moved = { ...route, routeKey: RouteKey ?? route.routeKey };
  checkIntegration(changed, false);
  checkRoute(room, apiId, moved);
  room.integrations.put([apiId, changed.integrationId], changed);
  room.routes.put([apiId, moved.routeId], moved);
};

/** What was set by hand stays, as long as the target is of the same kind. */
const retargeted = (before: IntegrationRecord, target: string): IntegrationRecord => {
  const after = integrationOf(target);
  const isSameKind = after.integrationType === before.integrationType;
  return { ...before, ...(isSameKind ? { integrationUri: target } : after) };
};

/** AWS: an ARN is a function's, all else the address of an HTTP backend. */
const integrationOf = (target: string) =>
  target.startsWith("arn:")
    ? ({
        integrationType: "AWS_PROXY",
        integrationUri: target,
        integrationMethod: "POST",
        payloadFormatVersion: "2.0",
      } as const)
    : ({
        integrationType: "HTTP_PROXY",
        integrationUri: target,
        integrationMethod: "ANY",
        payloadFormatVersion: "1.0",
      } as const);
