import { apiChanged, forgetTables } from "../changes.ts";
import { badRequest } from "../errors.ts";
import { findApi } from "../find.ts";
import { page } from "../paging.ts";
import { checkQuick, quickCreate, quickUpdate, targetMissing } from "../quickCreate.ts";
import { type ApiRecord, isWebSocket } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { lowered, merged } from "../spelling.ts";
import { apiView } from "../views.ts";

const API_ID_LENGTH = 10;
const HTTP_SELECTION = "$request.method $request.path";

export const createApi =
  (room: Room): Operation<"CreateApi"> =>
  async (_ctx, input) => {
    const { Target, RouteKey, CredentialsArn, ...rest } = input;
    const api = newApi(room, { ...lowered(rest), name: input.Name });
    checkApi(api);
    if (Target !== undefined) checkQuick(api);
    else if (RouteKey !== undefined || CredentialsArn !== undefined) throw targetMissing();
    room.apis.put(api.apiId, api);
    if (Target !== undefined) quickCreate(room, api.apiId, Target, RouteKey ?? "$default", CredentialsArn);
    return apiView(room, api);
  };

export const newApi = (
  { ids, clock }: Pick<Room, "ids" | "clock">,
  given: Partial<ApiRecord> & { readonly name: string },
): ApiRecord => ({
  apiKeySelectionExpression: "$request.header.x-api-key",
  disableExecuteApiEndpoint: false,
  ipAddressType: "ipv4",
  tags: {},
  protocolType: "HTTP",
  ...given,
  routeSelectionExpression:
    given.routeSelectionExpression ?? (given.protocolType === "WEBSOCKET" ? "" : HTTP_SELECTION),
  apiId: ids.lower(API_ID_LENGTH),
  createdAt: clock.now(),
});

const checkApi = (api: ApiRecord): void => {
  if (!isWebSocket(api)) {
    if (api.routeSelectionExpression === HTTP_SELECTION) return;
    throw badRequest("Unsupported route selection expression specified for HTTP protocol type");
  }
  if (!api.routeSelectionExpression) {
    throw badRequest("Route selection expression is required for WEBSOCKET protocol type");
  }
  if (api.corsConfiguration) throw badRequest("CORS configuration is not supported for WEBSOCKET protocol type");
};

export const getApi =
  (room: Room): Operation<"GetApi"> =>
  async (_ctx, { ApiId }) =>
    apiView(room, findApi(room, ApiId));

export const getApis =
  (room: Room): Operation<"GetApis"> =>
  async (_ctx, input) => {
    const all = [...room.apis.range()].map(({ value }) => value);
    const { items, nextToken } = page(all, input.NextToken, input.MaxResults);
    return { Items: items.map((api) => apiView(room, api)), ...(nextToken ? { NextToken: nextToken } : {}) };
  };

export const updateApi =
  (room: Room): Operation<"UpdateApi"> =>
  async (_ctx, input) => {
    const before = findApi(room, input.ApiId);
    const { ApiId, Target, RouteKey, CredentialsArn, ...rest } = input;
    const api: ApiRecord = { ...merged(before, rest), apiId: ApiId };
    checkApi(api);
    quickUpdate(room, api, { Target, RouteKey, CredentialsArn });
    room.apis.put(ApiId, api);
    apiChanged(room, ApiId);
    return apiView(room, api);
  };

export const deleteApi =
  (room: Room): Operation<"DeleteApi"> =>
  async (_ctx, { ApiId }) => {
    findApi(room, ApiId);
    room.records.atomically(() => {
      room.apis.delete(ApiId);
      for (const parts of partsOfApis(room)) parts.clear({ prefix: [ApiId] });
    });
    forgetTables(room, ApiId);
    room.connections.closeAll(ApiId);
    return {};
  };

const partsOfApis = (room: Room) => [
  room.routes,
  room.routeResponses,
  room.integrations,
  room.integrationResponses,
  room.authorizers,
  room.models,
  room.stages,
  room.deployments,
];

export const deleteCorsConfiguration =
  (room: Room): Operation<"DeleteCorsConfiguration"> =>
  async (_ctx, { ApiId }) => {
    const { corsConfiguration: _, ...api } = findApi(room, ApiId);
    room.apis.put(ApiId, api);
    apiChanged(room, ApiId);
    return {};
  };
