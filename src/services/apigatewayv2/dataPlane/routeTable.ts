import { type PathPattern, pathMatcher, pathPattern } from "../../../engines/gateway/pathPatterns.ts";
import { isWebSocket, type StageRecord } from "../records.ts";
import type { Room } from "../room.ts";
import type { RouteTable, RouteTarget } from "./model.ts";

/** The table of a stage, or undefined when the API has no such stage. */
export const routeTable = (room: Room, apiId: string, stageName: string): RouteTable | undefined => {
  const key = `${apiId}/${stageName}`;
  const known = room.tables.get(key);
  if (known !== undefined) return known ?? undefined;
  const made = makeTable(room, apiId, stageName);
  if (room.tables.size >= MAX_TABLES) room.tables.clear();
  // That there is no such stage is remembered as well: every first segment of a path is asked for as one.
  room.tables.set(key, made ?? null);
  return made;
};

const MAX_TABLES = 10_000;

const makeTable = (room: Room, apiId: string, stageName: string): RouteTable | undefined => {
  const api = room.apis.get(apiId);
  const stage = room.stages.get([apiId, stageName]);
  return !api || !stage || isWebSocket(api) ? undefined : { api, stage, match: matcher(room, stage, apiId) };
};

const matcher = (room: Room, { deploymentId }: StageRecord, apiId: string): RouteTable["match"] => {
  // AWS: a stage shows what was last deployed to it, and nothing before.
  const snapshot = deploymentId === undefined ? undefined : room.deployments.get([apiId, deploymentId])?.snapshot;
  const targets = (snapshot?.routes ?? []).map((route): RouteTarget => {
    const integrationId = route.target?.replace(/^integrations\//, "");
    return {
      route,
      resourcePath: route.routeKey.slice(route.routeKey.indexOf(" ") + 1),
      integration: snapshot?.integrations.find((one) => one.integrationId === integrationId),
      authorizer: snapshot?.authorizers.find((one) => one.authorizerId === route.authorizerId),
    };
  });
  const fallback = targets.find(({ route }) => route.routeKey === "$default");
  const patterns = targets.filter((target) => target !== fallback).map(patternOf);
  const match = pathMatcher(patterns);
  return (method, path) => match(method, splitPath(path)) ?? (fallback && { target: fallback, parameters: undefined });
};

const patternOf = (target: RouteTarget): PathPattern<RouteTarget> =>
  pathPattern(
    target,
    target.route.routeKey.slice(0, target.route.routeKey.indexOf(" ")),
    splitPath(target.resourcePath),
  );

/** A path without its slashes; one at the end counts as an empty segment, as `/items` and `/items/` are two routes. */
const splitPath = (path: string): string[] => (path === "/" ? [] : path.slice(1).split("/"));
