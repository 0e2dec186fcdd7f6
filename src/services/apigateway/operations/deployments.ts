import { deploy, forgetTables } from "../changes.ts";
import { badRequest } from "../errors.ts";
import { findApi, findPart, partsOf } from "../find.ts";
import { page } from "../paging.ts";
import { patched } from "../patch.ts";
import { isPrivate } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { canaryFor } from "../stagePatches.ts";
import { deploymentView } from "../views.ts";
import { cacheOf, newStage } from "./stages.ts";

export const createDeployment =
  (room: Room): Operation<"CreateDeployment"> =>
  async (_ctx, { restApiId, stageName, stageDescription, description, canarySettings, ...input }) => {
    const api = findApi(room, restApiId);
    // AWS: without a policy nobody could ever call it.
    if (isPrivate(api) && !api.policy)
      throw badRequest("Private REST API doesn't have a resource policy attached to it");
    if (canarySettings) checkCanaryStage(room, restApiId, stageName);
    return room.records.atomically(() => {
      const deployment = deploy(room, restApiId, description);
      if (stageName !== undefined && stageName !== "") {
        const stage = room.stages.get([restApiId, stageName]);
        const given = {
          // A canary takes its part of a stage's traffic beside the deployment that the stage has.
          ...(canarySettings
            ? {
                deploymentId: stage?.deploymentId ?? "",
                canarySettings: canaryFor({}, { ...canarySettings, deploymentId: deployment.id }),
              }
            : { deploymentId: deployment.id }),
          ...(stageDescription === undefined ? {} : { description: stageDescription }),
          ...(input.variables ? { variables: input.variables } : {}),
          ...(input.tracingEnabled === undefined ? {} : { tracingEnabled: input.tracingEnabled }),
          ...(input.cacheClusterEnabled === undefined ? {} : { cacheClusterEnabled: input.cacheClusterEnabled }),
          ...(input.cacheClusterSize === undefined ? {} : { cacheClusterSize: input.cacheClusterSize }),
        };
        if (stage) {
          const changed = { ...stage, ...given, updatedAt: room.clock.now() };
          room.stages.put([restApiId, stageName], { ...changed, ...cacheOf(changed) });
        } else newStage(room, restApiId, { ...given, stageName });
        forgetTables(room, restApiId);
      }
      return deploymentView(deployment);
    });
  };

const checkCanaryStage = (room: Room, apiId: string, stageName: string | undefined): void => {
  const refused = "Invalid deployment content specified.";
  if (!stageName) {
    const given = stageName ?? null;
    throw badRequest(
      `${refused}Non null and non empty stageName must be provided for canary deployment. Provided value is ${given}`,
    );
  }
  if (room.stages.has([apiId, stageName])) return;
  throw badRequest(`${refused}Stage ${stageName} must already be created before making a canary release deployment`);
};

export const getDeployment =
  (room: Room): Operation<"GetDeployment"> =>
  async (_ctx, { restApiId, deploymentId, embed = [] }) =>
    deploymentView(findPart(room.deployments, "Deployment", restApiId, deploymentId), embed.includes("apisummary"));

export const getDeployments =
  (room: Room): Operation<"GetDeployments"> =>
  async (_ctx, { restApiId, ...paging }) => {
    findApi(room, restApiId);
    const { items, ...next } = page(partsOf(room.deployments, restApiId), paging);
    return { items: items.map((one) => deploymentView(one)), ...next };
  };

export const updateDeployment =
  (room: Room): Operation<"UpdateDeployment"> =>
  async (_ctx, { restApiId, deploymentId, patchOperations }) => {
    const before = findPart(room.deployments, "Deployment", restApiId, deploymentId);
    const deployment = patched(before, patchOperations, { description: "text" });
    room.deployments.put([restApiId, deploymentId], deployment);
    return deploymentView(deployment);
  };

export const deleteDeployment =
  (room: Room): Operation<"DeleteDeployment"> =>
  async (_ctx, { restApiId, deploymentId }) => {
    findPart(room.deployments, "Deployment", restApiId, deploymentId);
    if (partsOf(room.stages, restApiId).some((stage) => stage.deploymentId === deploymentId)) {
      throw badRequest("Active stages pointing to this deployment must be moved or deleted");
    }
    room.deployments.delete([restApiId, deploymentId]);
    return {};
  };
