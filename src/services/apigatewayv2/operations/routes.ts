import { apiChanged } from "../changes.ts";
import { notFound } from "../errors.ts";
import { findApi, findPart, partsOf } from "../find.ts";
import { page } from "../paging.ts";
import { checkRoute, newRoute } from "../parts.ts";
import type { RouteRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { lowered, merged, raised } from "../spelling.ts";

export const createRoute =
  (room: Room): Operation<"CreateRoute"> =>
  async (_ctx, { ApiId, ...input }) => {
    findApi(room, ApiId);
    const route = newRoute(room, ApiId, lowered(input));
    apiChanged(room, ApiId);
    return raised(route);
  };

export const getRoute =
  (room: Room): Operation<"GetRoute"> =>
  async (_ctx, { ApiId, RouteId }) =>
    raised(findPart(room, room.routes, "Route", ApiId, RouteId));

export const getRoutes =
  (room: Room): Operation<"GetRoutes"> =>
  async (_ctx, { ApiId, NextToken, MaxResults }) => {
    findApi(room, ApiId);
    const { items, nextToken } = page(partsOf(room.routes, ApiId), NextToken, MaxResults);
    return { Items: items.map(raised), ...(nextToken ? { NextToken: nextToken } : {}) };
  };

export const updateRoute =
  (room: Room): Operation<"UpdateRoute"> =>
  async (_ctx, { ApiId, RouteId, ...input }) => {
    const before = findPart(room, room.routes, "Route", ApiId, RouteId);
    const route: RouteRecord = { ...merged(before, input), routeId: RouteId };
    checkRoute(room, ApiId, route);
    room.routes.put([ApiId, RouteId], route);
    apiChanged(room, ApiId);
    return raised(route);
  };

export const deleteRouteRequestParameter =
  (room: Room): Operation<"DeleteRouteRequestParameter"> =>
  async (_ctx, { ApiId, RouteId, RequestParameterKey }) => {
    const before = findPart(room, room.routes, "Route", ApiId, RouteId);
    const { [RequestParameterKey]: found, ...requestParameters } = before.requestParameters ?? {};
    if (!found) throw notFound("RequestParameter", RequestParameterKey);
    room.routes.put([ApiId, RouteId], { ...before, requestParameters });
    apiChanged(room, ApiId);
    return {};
  };

export const deleteRoute =
  (room: Room): Operation<"DeleteRoute"> =>
  async (_ctx, { ApiId, RouteId }) => {
    findPart(room, room.routes, "Route", ApiId, RouteId);

    room.routes.delete([ApiId, RouteId]);
    apiChanged(room, ApiId);
    return {};
  };
