import type { PatchOperation } from "@aws-sdk/client-api-gateway";
import { NotImplemented } from "../../../kernel/errors.ts";
import { forgetTables } from "../changes.ts";
import { badRequest, conflict } from "../errors.ts";
import { findApi, findPart, partsOf } from "../find.ts";
import { isMethodSetting, withSetting } from "../methodSettings.ts";
import { type PatchShape, patched } from "../patch.ts";
import type { StageRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { stageView } from "../views.ts";

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
    cacheClusterEnabled: false,
    cacheClusterStatus: "NOT_AVAILABLE",
    methodSettings: {},
    tracingEnabled: false,
    ...given,
    createdAt: now,
    updatedAt: now,
  };
  checkStage(room, apiId, stage);
  room.stages.put([apiId, stage.stageName], stage);
  return stage;
};

const checkStage = (room: Room, apiId: string, stage: StageRecord) => {
  const { deploymentId, cacheClusterEnabled, variables = {}, canarySettings: canary } = stage;
  if (canary && !(canary.deploymentId && room.deployments.has([apiId, canary.deploymentId]))) {
    throw badRequest("Deployment id of the canary does not exist");
  }
  if (canary && ((canary.percentTraffic ?? 0) < 0 || (canary.percentTraffic ?? 0) > 100)) {
    throw badRequest("Percent traffic of the canary must be between 0.0 and 100.0");
  }
  if (cacheClusterEnabled) throw new NotImplemented("apigateway's cache clusters");
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

const SHAPE: PatchShape = {
  deploymentId: "text",
  description: "text",
  clientCertificateId: "text",
  documentationVersion: "text",
  variables: "map",
  tracingEnabled: "boolean",
  cacheClusterEnabled: "boolean",
  cacheClusterSize: "text",
  accessLogSettings: { destinationArn: "text", format: "text" },
  canarySettings: {
    percentTraffic: "number",
    deploymentId: "text",
    stageVariableOverrides: "map",
    useStageCache: "boolean",
  },
};

/** AWS: a canary is promoted by copying what it has to the stage. */
const copied = (stage: StageRecord, { from, path }: PatchOperation): StageRecord => {
  const { canarySettings: canary } = stage;
  if (from === "/canarySettings/deploymentId" && path === "/deploymentId" && canary?.deploymentId) {
    return { ...stage, deploymentId: canary.deploymentId };
  }
  if (from === "/canarySettings/stageVariableOverrides" && path === "/variables") {
    return { ...stage, variables: { ...stage.variables, ...canary?.stageVariableOverrides } };
  }
  throw badRequest(`Invalid copy operation specified: from ${from} to ${path}`);
};

export const updateStage =
  (room: Room): Operation<"UpdateStage"> =>
  async (_ctx, { restApiId, stageName, patchOperations = [] }) => {
    const before = findPart(room.stages, "stage", restApiId, stageName);
    const copies = patchOperations.filter(({ op }) => op === "copy");
    const changes = patchOperations.filter(({ op }) => op !== "copy");
    const ofMethods = changes.filter((operation) => isMethodSetting(operation, SHAPE));
    const others = changes.filter((operation) => !isMethodSetting(operation, SHAPE));
    const stage: StageRecord = {
      ...patched(copies.reduce(copied, before), others, SHAPE),
      methodSettings: ofMethods.reduce(withSetting, before.methodSettings ?? {}),
      updatedAt: room.clock.now(),
    };
    checkStage(room, restApiId, stage);
    room.stages.put([restApiId, stageName], stage);
    forgetTables(room, restApiId);
    return stageView(stage);
  };

export const deleteStage =
  (room: Room): Operation<"DeleteStage"> =>
  async (_ctx, { restApiId, stageName }) => {
    findPart(room.stages, "stage", restApiId, stageName);
    room.stages.delete([restApiId, stageName]);
    forgetTables(room, restApiId);
    return {};
  };
