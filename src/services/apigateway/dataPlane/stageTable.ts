import { type PathPattern, pathMatcher, pathPattern } from "../../../engines/gateway/pathPatterns.ts";
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
  const { snapshot } = deployment;
  return { percentTraffic, table: { api, stage: shifted, snapshot, match: matcher(deployment), isCanary: true } };
};

const matcher = ({ snapshot }: DeploymentRecord): StageTable["match"] => {
  const patterns = snapshot.methods.flatMap((method): PathPattern<MethodTarget>[] => {
    const resource = snapshot.resources.find(({ id }) => id === method.resourceId);
    const integration = method.methodIntegration;
    if (!resource || !integration) return [];
    const authorizer = snapshot.authorizers.find(({ id }) => id === method.authorizerId);
    const validator = snapshot.validators.find(({ id }) => id === method.requestValidatorId);
    const target: MethodTarget = { resource, method, integration, authorizer, validator };
    return [pathPattern(target, method.httpMethod, splitPath(resource.path))];
  });
  const match = pathMatcher(patterns);
  return (httpMethod, path) => match(httpMethod, splitPath(path));
};

/** What a path has at the names of a resource's path: `/items/{id}`; undefined where it is not that resource's. */
export const parametersIn = (resourcePath: string, path: string): Readonly<Record<string, string>> | undefined => {
  const match = pathMatcher([pathPattern(undefined, "ANY", splitPath(resourcePath))])("ANY", splitPath(path));
  return match && (match.parameters ?? {});
};

/** AWS: unlike HTTP APIs, REST APIs take no notice of a slash at the end. */
const splitPath = (path: string): string[] => {
  const inner = path.replace(/^\//, "").replace(/\/$/, "");
  return inner === "" ? [] : inner.split("/");
};
