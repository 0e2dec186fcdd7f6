import type { DeploymentRecord, RestApiRecord, StageRecord } from "../records.ts";
import type { Room } from "../room.ts";
import type { MethodTarget, StageTable } from "./served.ts";

/** The table of a stage, or undefined when the API has no such stage. */
export const stageTable = (room: Room, apiId: string, stageName: string): StageTable | undefined => {
  const key = `${apiId}/${stageName}`;
  const known = room.tables.get(key);
  if (known) return known;
  const api = room.restApis.get(apiId);
  const stage = room.stages.get([apiId, stageName]);
  // AWS: a stage shows what was deployed to it, whatever has changed since.
  const deployment = stage && room.deployments.get([apiId, stage.deploymentId]);
  if (!api || !stage || !deployment) return undefined;
  const canary = canaryOf(room, api, stage);
  const made: StageTable = {
    api,
    stage,
    snapshot: deployment.snapshot,
    match: matcher(deployment),
    ...(canary ? { canary } : {}),
  };
  room.tables.set(key, made);
  return made;
};

/** What answers the canary's part of a stage's requests. */
const canaryOf = (room: Room, api: RestApiRecord, stage: StageRecord): StageTable["canary"] => {
  const { deploymentId = "", percentTraffic = 0, stageVariableOverrides = {} } = stage.canarySettings ?? {};
  const deployment = room.deployments.get([api.id, deploymentId]);
  if (!deployment) return undefined;
  const shifted = { ...stage, deploymentId, variables: { ...stage.variables, ...stageVariableOverrides } };
  return { percentTraffic, table: { api, stage: shifted, snapshot: deployment.snapshot, match: matcher(deployment) } };
};

interface CompiledMethod {
  readonly target: MethodTarget;
  readonly segments: readonly Segment[];
}

type Segment =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "parameter" | "greedy"; readonly name: string };

const matcher = ({ snapshot }: DeploymentRecord): StageTable["match"] => {
  const compiled = snapshot.methods.flatMap((method): CompiledMethod[] => {
    const resource = snapshot.resources.find(({ id }) => id === method.resourceId);
    const integration = method.methodIntegration;
    if (!resource || !integration) return [];
    const authorizer = snapshot.authorizers.find(({ id }) => id === method.authorizerId);
    const validator = snapshot.validators.find(({ id }) => id === method.requestValidatorId);
    return [{ target: { resource, method, integration, authorizer, validator }, segments: segmentsOf(resource.path) }];
  });
  compiled.sort(bySpecificity);
  return (httpMethod, path) => {
    const segments = splitPath(path);
    for (const { target, segments: pattern } of compiled) {
      if (target.method.httpMethod !== httpMethod && target.method.httpMethod !== "ANY") continue;
      const parameters = matchSegments(pattern, segments);
      if (parameters) return { target, parameters: Object.keys(parameters).length > 0 ? parameters : undefined };
    }
    return undefined;
  };
};

/** What a path has at the names of a resource's path: `/items/{id}`; undefined where it is not that resource's. */
export const parametersIn = (resourcePath: string, path: string): Record<string, string> | undefined =>
  matchSegments(segmentsOf(resourcePath), splitPath(path));

const segmentsOf = (path: string): Segment[] =>
  splitPath(path).map((text): Segment => {
    const [, name, plus] = /^\{(.+?)(\+)?\}$/.exec(text) ?? [];
    if (name === undefined) return { kind: "literal", text };
    return { kind: plus ? "greedy" : "parameter", name };
  });

/** AWS: the most specific path wins, and on one resource its own method before ANY. */
const bySpecificity = (a: CompiledMethod, b: CompiledMethod): number => {
  for (let at = 0; at < Math.max(a.segments.length, b.segments.length); at++) {
    const difference = rank(a.segments[at]) - rank(b.segments[at]);
    if (difference !== 0) return difference;
  }
  return Number(a.target.method.httpMethod === "ANY") - Number(b.target.method.httpMethod === "ANY");
};

const rank = (segment: Segment | undefined): number => {
  if (!segment || segment.kind === "literal") return 0;
  return segment.kind === "parameter" ? 1 : 2;
};

/** AWS: unlike HTTP APIs, REST APIs take no notice of a slash at the end. */
const splitPath = (path: string): string[] => {
  const inner = path.replace(/^\//, "").replace(/\/$/, "");
  return inner === "" ? [] : inner.split("/");
};

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
