import { apiChanged, deploy, forgetTables } from "../changes.ts";
import { badRequest } from "../errors.ts";
import { findApi, findPart, partsOf } from "../find.ts";
import { page } from "../paging.ts";
import { newStage } from "../parts.ts";
import type { StageRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { lowered, merged } from "../spelling.ts";
import { deploymentView, stageView } from "../views.ts";

export const createStage =
  (room: Room): Operation<"CreateStage"> =>
  async (_ctx, { ApiId, ...input }) => {
    findApi(room, ApiId);
    newStage(room, ApiId, lowered(input));
    if (input.AutoDeploy) apiChanged(room, ApiId);
    forgetTables(room, ApiId);
    return stageView(findPart(room, room.stages, "Stage", ApiId, input.StageName));
  };

export const getStage =
  (room: Room): Operation<"GetStage"> =>
  async (_ctx, { ApiId, StageName }) =>
    stageView(findPart(room, room.stages, "Stage", ApiId, StageName));

export const getStages =
  (room: Room): Operation<"GetStages"> =>
  async (_ctx, { ApiId, NextToken, MaxResults }) => {
    findApi(room, ApiId);
    const { items, nextToken } = page(partsOf(room.stages, ApiId), NextToken, MaxResults);
    return { Items: items.map(stageView), ...(nextToken ? { NextToken: nextToken } : {}) };
  };

export const updateStage =
  (room: Room): Operation<"UpdateStage"> =>
  async (_ctx, { ApiId, StageName, ...input }) => {
    const before = findPart(room, room.stages, "Stage", ApiId, StageName);
    if (input.DeploymentId && !room.deployments.has([ApiId, input.DeploymentId])) {
      throw badRequest(`Invalid Deployment identifier specified ${input.DeploymentId}`);
    }
    save(room, ApiId, { ...merged(before, input), stageName: StageName });
    return stageView(findPart(room, room.stages, "Stage", ApiId, StageName));
  };

export const deleteStage =
  (room: Room): Operation<"DeleteStage"> =>
  async (_ctx, { ApiId, StageName }) => {
    findPart(room, room.stages, "Stage", ApiId, StageName);
    room.stages.delete([ApiId, StageName]);
    forgetTables(room, ApiId);
    return {};
  };

export const deleteAccessLogSettings =
  (room: Room): Operation<"DeleteAccessLogSettings"> =>
  async (_ctx, { ApiId, StageName }) => {
    const { accessLogSettings: _, ...stage } = findPart(room, room.stages, "Stage", ApiId, StageName);
    save(room, ApiId, stage);
    return {};
  };

export const deleteRouteSettings =
  (room: Room): Operation<"DeleteRouteSettings"> =>
  async (_ctx, { ApiId, StageName, RouteKey }) => {
    const stage = findPart(room, room.stages, "Stage", ApiId, StageName);
    const { [RouteKey]: _, ...routeSettings } = stage.routeSettings ?? {};
    save(room, ApiId, { ...stage, routeSettings });
    return {};
  };

export const createDeployment =
  (room: Room): Operation<"CreateDeployment"> =>
  async (_ctx, { ApiId, Description, StageName }) => {
    findApi(room, ApiId);
    const stage = StageName === undefined ? undefined : findPart(room, room.stages, "Stage", ApiId, StageName);
    if (stage?.autoDeploy) throw badRequest("Deployment ID cannot be set on a stage when AutoDeploy is enabled.");
    const deployment = deploy(room, ApiId, Description, false);
    if (stage) save(room, ApiId, { ...stage, deploymentId: deployment.deploymentId });
    return deploymentView(deployment);
  };

export const getDeployment =
  (room: Room): Operation<"GetDeployment"> =>
  async (_ctx, { ApiId, DeploymentId }) =>
    deploymentView(findPart(room, room.deployments, "Deployment", ApiId, DeploymentId));

export const getDeployments =
  (room: Room): Operation<"GetDeployments"> =>
  async (_ctx, { ApiId, NextToken, MaxResults }) => {
    findApi(room, ApiId);
    const { items, nextToken } = page(partsOf(room.deployments, ApiId), NextToken, MaxResults);
    return { Items: items.map(deploymentView), ...(nextToken ? { NextToken: nextToken } : {}) };
  };

export const updateDeployment =
  (room: Room): Operation<"UpdateDeployment"> =>
  async (_ctx, { ApiId, DeploymentId, Description }) => {
    const before = findPart(room, room.deployments, "Deployment", ApiId, DeploymentId);
    const deployment = { ...before, ...(Description === undefined ? {} : { description: Description }) };
    room.deployments.put([ApiId, DeploymentId], deployment);
    return deploymentView(deployment);
  };

export const deleteDeployment =
  (room: Room): Operation<"DeleteDeployment"> =>
  async (_ctx, { ApiId, DeploymentId }) => {
    findPart(room, room.deployments, "Deployment", ApiId, DeploymentId);
    if (partsOf(room.stages, ApiId).some(({ deploymentId }) => deploymentId === DeploymentId)) {
      throw badRequest("Active stages pointing to this deployment must be moved or deleted");
    }
    room.deployments.delete([ApiId, DeploymentId]);
    return {};
  };

const save = (room: Room, apiId: string, stage: StageRecord): void => {
  room.stages.put([apiId, stage.stageName], { ...stage, updatedAt: room.clock.now() });
  if (stage.autoDeploy) apiChanged(room, apiId);
  forgetTables(room, apiId);
};
