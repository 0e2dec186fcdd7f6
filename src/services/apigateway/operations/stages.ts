import { forgetTables } from "../changes.ts";
import { cacheStage } from "../dataPlane/responseCache.ts";
import { badRequest, conflict } from "../errors.ts";
import { findApi, findPart, partsOf } from "../find.ts";
import { leavePlans } from "../planStages.ts";
import type { StageRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { canaryFor, patchedStage } from "../stagePatches.ts";
import { stageView } from "../views.ts";
import { findCertificate } from "./clientCertificates.ts";

export const createStage =
  (room: Room): Operation<"CreateStage"> =>
  async (_ctx, { restApiId, ...input }) => {
    findApi(room, restApiId);
    const stage = newStage(room, restApiId, input);
    forgetTables(room, restApiId);
    return stageView(stage);
  };

/** Puts a stage before a deployment. */
export const newStage = (
  room: Room,
  apiId: string,
  given: Partial<StageRecord> & Pick<StageRecord, "stageName" | "deploymentId">,
): StageRecord => {
  if (!/^[a-zA-Z0-9_-]{1,128}$/.test(given.stageName)) throw badRequest("Stage name only allows a-zA-Z0-9_");
  if (room.stages.has([apiId, given.stageName])) throw conflict("Stage already exists");
  const now = room.clock.now();
  const stage: StageRecord = {
    methodSettings: {},
    tracingEnabled: false,
    ...given,
    ...cacheOf(given),
    ...(given.canarySettings ? { canarySettings: canaryFor(given, given.canarySettings) } : {}),
    createdAt: now,
    updatedAt: now,
  };
  checkStage(room, apiId, stage);
  room.stages.put([apiId, stage.stageName], stage);
  return stage;
};

/** In GB. https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html */
const CACHE_SIZES = new Set(["0.5", "1.6", "6.1", "13.5", "28.4", "58.2", "118", "237"]);

/** What a stage says of its cache. Differs: one is ready at once, where AWS takes minutes. */
export const cacheOf = ({ cacheClusterEnabled = false, cacheClusterSize }: Partial<StageRecord>) => ({
  cacheClusterEnabled,
  cacheClusterStatus: cacheClusterEnabled ? ("AVAILABLE" as const) : ("NOT_AVAILABLE" as const),
  ...(cacheClusterEnabled ? { cacheClusterSize: cacheClusterSize ?? "0.5" } : {}),
});

/** AWS: a cache of another size is another cache. */
const flushChanged = (room: Room, apiId: string, before: StageRecord, after: StageRecord): void => {
  const isSame = before.cacheClusterEnabled === after.cacheClusterEnabled;
  if (isSame && before.cacheClusterSize === after.cacheClusterSize) return;
  room.responseCache.flush(cacheStage(apiId, after.stageName));
};

const checkStage = (room: Room, apiId: string, stage: StageRecord) => {
  const { deploymentId, cacheClusterSize, variables = {}, canarySettings: canary } = stage;
  if (canary && !(canary.deploymentId && room.deployments.has([apiId, canary.deploymentId]))) {
    throw badRequest("Deployment id does not exist");
  }
  if (canary && ((canary.percentTraffic ?? 0) < 0 || (canary.percentTraffic ?? 0) > 100)) {
    throw badRequest("Percent traffic of the canary must be between 0.0 and 100.0");
  }
  if (stage.clientCertificateId) findCertificate(room, stage.clientCertificateId);
  if (cacheClusterSize !== undefined && !CACHE_SIZES.has(cacheClusterSize)) {
    throw badRequest(`Invalid cache cluster size ${cacheClusterSize}: it is one of ${[...CACHE_SIZES].join(", ")}`);
  }
  if (!room.deployments.has([apiId, deploymentId])) throw badRequest("Deployment id does not exist");
  for (const [name, value] of Object.entries(variables)) {
    if (!/^[A-Za-z0-9_]+$/.test(name) || !/^[A-Za-z0-9._~:/?#&=,-]*$/.test(value)) {
      throw badRequest("Stage variable names only allow a-zA-Z0-9_, and values a-zA-Z0-9-._~:/?#&=,");
    }
  }
};

export const getStage =
  (room: Room): Operation<"GetStage"> =>
  async (_ctx, { restApiId, stageName }) =>
    stageView(findPart(room.stages, "stage", restApiId, stageName));

export const getStages =
  (room: Room): Operation<"GetStages"> =>
  async (_ctx, { restApiId, deploymentId }) => {
    findApi(room, restApiId);
    const all = partsOf(room.stages, restApiId);
    return {
      item: all.filter((stage) => deploymentId === undefined || stage.deploymentId === deploymentId).map(stageView),
    };
  };

export const updateStage =
  (room: Room): Operation<"UpdateStage"> =>
  async (_ctx, { restApiId, stageName, patchOperations = [] }) => {
    const before = findPart(room.stages, "stage", restApiId, stageName);
    const given = patchedStage(before, patchOperations);
    const stage: StageRecord = { ...given, ...cacheOf(given), updatedAt: room.clock.now() };
    checkStage(room, restApiId, stage);
    room.stages.put([restApiId, stageName], stage);
    flushChanged(room, restApiId, before, stage);
    forgetTables(room, restApiId);
    return stageView(stage);
  };

export const deleteStage =
  (room: Room): Operation<"DeleteStage"> =>
  async (_ctx, { restApiId, stageName }) => {
    findPart(room.stages, "stage", restApiId, stageName);
    room.records.atomically(() => {
      room.stages.delete([restApiId, stageName]);
      leavePlans(room, restApiId, stageName);
    });
    room.responseCache.flush(cacheStage(restApiId, stageName));
    forgetTables(room, restApiId);
    return {};
  };
