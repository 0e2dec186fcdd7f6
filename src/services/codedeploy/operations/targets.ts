import { noTarget, notStarted, targetIdRequired, tooManyTargets } from "../errors.ts";
import { findDeployment } from "../find.ts";
import type { AppSpec, DeploymentRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { targetIdOf, targetStatusOf, targetView } from "../views.ts";

export const listDeploymentTargets =
  (room: Room): Operation<"ListDeploymentTargets"> =>
  async (_ctx, { deploymentId, targetFilters = {} }) => {
    const deployment = findDeployment(room, deploymentId);
    if (deployment.status === "Created") throw notStarted(deployment.id);
    const { appSpec } = deployment;
    const statuses = targetFilters.TargetStatus ?? [];
    const shown = appSpec && (statuses.length === 0 || statuses.includes(targetStatusOf(deployment)));
    return { targetIds: shown ? [targetIdOf(appSpec)] : [] };
  };

export const getDeploymentTarget =
  (room: Room): Operation<"GetDeploymentTarget"> =>
  async (_ctx, { deploymentId, targetId }) => {
    if (!targetId) throw targetIdRequired();
    const deployment = findDeployment(room, deploymentId);
    return { deploymentTarget: targetView(room, deployment, appSpecOf(deployment, targetId)) };
  };

export const batchGetDeploymentTargets =
  (room: Room): Operation<"BatchGetDeploymentTargets"> =>
  async (_ctx, { deploymentId, targetIds }) => {
    const [targetId] = targetIds;
    if (targetId === undefined) throw targetIdRequired();
    const deployment = findDeployment(room, deploymentId);
    if (deployment.platform === "Lambda" && targetIds.length > 1) throw tooManyTargets();
    return { deploymentTargets: [targetView(room, deployment, appSpecOf(deployment, targetId))] };
  };

/** What moves the target. AWS names it by its function; ListDeploymentTargets adds the alias. */
const appSpecOf = (deployment: DeploymentRecord, targetId: string): AppSpec => {
  if (deployment.status === "Created") throw notStarted(deployment.id);
  const { appSpec } = deployment;
  if (!appSpec || (targetId !== targetIdOf(appSpec) && targetId !== appSpec.functionName)) throw noTarget(targetId);
  return appSpec;
};
