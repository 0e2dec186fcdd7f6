import { isWebSocket, type StageRecord } from "../records.ts";
import type { Room } from "../room.ts";
import type { RouteTable, RouteTarget } from "./model.ts";

interface CompiledRoute {
  readonly target: RouteTarget;
  readonly method: string;
  readonly segments: readonly Segment[];
}

type Segment =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "parameter" | "greedy"; readonly name: string };

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
  const compiled = targets.filter((target) => target !== fallback).map(compile);
  compiled.sort(bySpecificity);
  return (method, path) => {
    const segments = splitPath(path);
    for (const one of compiled) {
      if (one.method !== method && one.method !== "ANY") continue;
      const parameters = matchSegments(one.segments, segments);
      if (parameters)
        return { target: one.target, parameters: Object.keys(parameters).length > 0 ? parameters : undefined };
    }
    return fallback && { target: fallback, parameters: undefined };
  };
};

const compile = (target: RouteTarget): CompiledRoute => ({
  target,
  method: target.route.routeKey.slice(0, target.route.routeKey.indexOf(" ")),
  segments: splitPath(target.resourcePath).map((text): Segment => {
    const [, name, plus] = /^\{(.+?)(\+)?\}$/.exec(text) ?? [];
    if (name === undefined) return { kind: "literal", text };
    return { kind: plus ? "greedy" : "parameter", name };
  }),
});

/** AWS: the most specific path wins, and among routes of one path its own method before ANY. */
const bySpecificity = (a: CompiledRoute, b: CompiledRoute): number => {
  for (let at = 0; at < Math.max(a.segments.length, b.segments.length); at++) {
    const difference = rank(a.segments[at]) - rank(b.segments[at]);
    if (difference !== 0) return difference;
  }
  return Number(a.method === "ANY") - Number(b.method === "ANY");
};

const rank = (segment: Segment | undefined): number => {
  if (!segment || segment.kind === "literal") return 0;
  return segment.kind === "parameter" ? 1 : 2;
};

/** A path without its slashes; one at the end counts as an empty segment, as `/items` and `/items/` are two routes. */
const splitPath = (path: string): string[] => (path === "/" ? [] : path.slice(1).split("/"));

const matchSegments = (pattern: readonly Segment[], path: readonly string[]): Record<string, string> | undefined => {
  const parameters: Record<string, string> = {};
  for (const [at, segment] of pattern.entries()) {
    const text = path[at];
    if (text === undefined || (text === "" && segment.kind !== "literal")) return undefined;
    if (segment.kind === "greedy") {
      parameters[segment.name] = path.slice(at).join("/");
      return parameters;
    }
    if (segment.kind === "literal") {
      if (segment.text !== text) return undefined;
    } else parameters[segment.name] = text;
  }
  return pattern.length === path.length ? parameters : undefined;
};
