import { rootOf } from "../../../../kernel/principal.ts";
import type { Room } from "../../room.ts";
import type { ApiKey } from "./connections.ts";
import type { SocketEvent } from "./socketEvents.ts";
import type { SocketTable } from "./socketTable.ts";

/**
 * The key a request for a connection came with, if a usage plan of the stage knows it. Differs: its plan's limits and
 * quota are not counted. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-selection-expressions.html#apigateway-websocket-api-apikey-selection-expressions
 */
export const apiKeyOf = async (
  room: Room,
  { api, stage }: SocketTable,
  { headers }: SocketEvent,
  usageIdentifier: unknown,
): Promise<ApiKey | undefined> => {
  const isAuthorizers = api.apiKeySelectionExpression === "$context.authorizer.usageIdentifierKey";
  const given = isAuthorizers ? usageIdentifier : headerIn(headers, "x-api-key");
  if (typeof given !== "string" || given === "") return undefined;
  const ctx = room.contextAs(rootOf(room.account, room.partition));
  const key = await keyOf(ctx.call, given);
  if (!key) return undefined;
  const { items: plans = [] } = await ctx.call("apigateway", "GetUsagePlans", { keyId: key.id, limit: PAGE_SIZE });
  const isPlanned = plans.some(({ apiStages = [] }) =>
    apiStages.some((one) => one.apiId === api.apiId && one.stage === stage.stageName),
  );
  return isPlanned ? key : undefined;
};

const PAGE_SIZE = 500;

const keyOf = async (call: ReturnType<Room["contextAs"]>["call"], value: string): Promise<ApiKey | undefined> => {
  let position: string | undefined;
  do {
    const page = await call("apigateway", "GetApiKeys", { includeValues: true, limit: PAGE_SIZE, position });
    const found = page.items?.find((key) => key.value === value && key.enabled);
    if (found?.id) return { id: found.id, value };
    position = page.position;
  } while (position !== undefined);
  return undefined;
};

const headerIn = (headers: SocketEvent[string] | undefined, name: string): unknown =>
  Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];
