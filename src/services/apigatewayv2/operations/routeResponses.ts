import { apiChanged } from "../changes.ts";
import { findPart, findSubpart, subpartsOf } from "../find.ts";
import { page } from "../paging.ts";
import type { RouteResponseRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { lowered, merged, raised } from "../spelling.ts";

const ID_LENGTH = 7;

export const createRouteResponse =
  (room: Room): Operation<"CreateRouteResponse"> =>
  async (_ctx, { ApiId, RouteId, ...input }) => {
    findPart(room, room.routes, "Route", ApiId, RouteId);
    const made: RouteResponseRecord = { ...lowered(input), routeResponseId: room.ids.lower(ID_LENGTH) };
    room.routeResponses.put([ApiId, RouteId, made.routeResponseId], made);
    apiChanged(room, ApiId);
    return raised(made);
  };

export const getRouteResponse =
  (room: Room): Operation<"GetRouteResponse"> =>
  async (_ctx, { ApiId, RouteId, RouteResponseId }) =>
    raised(findSubpart(room.routeResponses, "RouteResponse", [ApiId, RouteId, RouteResponseId]));

export const getRouteResponses =
  (room: Room): Operation<"GetRouteResponses"> =>
  async (_ctx, { ApiId, RouteId, NextToken, MaxResults }) => {
    findPart(room, room.routes, "Route", ApiId, RouteId);
    const { items, nextToken } = page(subpartsOf(room.routeResponses, [ApiId, RouteId]), NextToken, MaxResults);
    return { Items: items.map(raised), ...(nextToken ? { NextToken: nextToken } : {}) };
  };

export const updateRouteResponse =
  (room: Room): Operation<"UpdateRouteResponse"> =>
  async (_ctx, { ApiId, RouteId, RouteResponseId, ...input }) => {
    const key = [ApiId, RouteId, RouteResponseId];
    const before = findSubpart(room.routeResponses, "RouteResponse", key);
    const changed: RouteResponseRecord = { ...merged(before, input), routeResponseId: RouteResponseId };
    room.routeResponses.put(key, changed);
    apiChanged(room, ApiId);
    return raised(changed);
  };

export const deleteRouteResponse =
  (room: Room): Operation<"DeleteRouteResponse"> =>
  async (_ctx, { ApiId, RouteId, RouteResponseId }) => {
    const key = [ApiId, RouteId, RouteResponseId];
    findSubpart(room.routeResponses, "RouteResponse", key);
    room.routeResponses.delete(key);
    apiChanged(room, ApiId);
    return {};
  };
