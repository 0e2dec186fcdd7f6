import { note } from "../deploy/ledger.ts";
import {
  alreadyCompleted,
  hookAlreadyCompleted,
  invalidHookStatus,
  noHookExecution,
  noTarget,
  notForLambda,
} from "../errors.ts";
import { deploymentsOf, findDeployment } from "../find.ts";
import { page } from "../paging.ts";
import { isActive } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { deploymentView, targetIdOf, targetView } from "../views.ts";

export const getDeployment =
  (room: Room): Operation<"GetDeployment"> =>
  async (_ctx, input) => ({ deploymentInfo: deploymentView(findDeployment(room, input.deploymentId)) });

export const batchGetDeployments =
  (room: Room): Operation<"BatchGetDeployments"> =>
  async (_ctx, input) => ({
    deploymentsInfo: input.deploymentIds.map((id) => deploymentView(findDeployment(room, id))),
  });

export const listDeployments =
  (room: Room): Operation<"ListDeployments"> =>
  async (_ctx, input) => {
    const statuses: readonly string[] = input.includeOnlyStatuses ?? [];
    const { start, end } = input.createTimeRange ?? {};
    const ids = deploymentsOf(room, input.applicationName, input.deploymentGroupName)
      .filter(({ status }) => statuses.length === 0 || statuses.includes(status))
      .filter(({ createdAt }) => (!start || createdAt >= start.getTime()) && (!end || createdAt <= end.getTime()))
      .map(({ id }) => id);
    const { items, ...next } = page(ids, input.nextToken);
    return { deployments: items, ...next };
  };

/** The deployment stops before its next step; whether it is taken back is the caller's word, or its group's. */
export const stopDeployment =
  (room: Room): Operation<"StopDeployment"> =>
  async (_ctx, input) => {
    const deployment = findDeployment(room, input.deploymentId);
    if (!isActive(deployment)) throw alreadyCompleted(deployment.id);
    const { enabled = false, events = [] } = deployment.autoRollback ?? {};
    const rollback = input.autoRollbackEnabled ?? (enabled && events.includes("DEPLOYMENT_STOP_ON_REQUEST"));
    room.deployments.put(deployment.id, { ...deployment, stopRequested: { rollback } });
    room.bells.ring(deployment.id);
    return { status: "Pending", statusMessage: "No more commands will be scheduled for execution in the deployment." };
  };

export const putLifecycleEventHookExecutionStatus =
  (room: Room): Operation<"PutLifecycleEventHookExecutionStatus"> =>
  async (_ctx, input) => {
    const deployment = findDeployment(room, input.deploymentId);
    const executionId = input.lifecycleEventHookExecutionId;
    const event = deployment.events.find((each) => executionId !== undefined && each.executionId === executionId);
    if (!event) throw noHookExecution();
    if (input.status !== "Succeeded" && input.status !== "Failed") throw invalidHookStatus();
    if (event.status !== "InProgress" || event.reported !== undefined) throw hookAlreadyCompleted();
    note(room, deployment.id, event.name, { reported: input.status });
    room.bells.ring(deployment.id);
    return { lifecycleEventHookExecutionId: executionId };
  };

export const continueDeployment =
  (room: Room): Operation<"ContinueDeployment"> =>
  async (_ctx, input) => {
    findDeployment(room, input.deploymentId);
    throw notForLambda();
  };

export const listDeploymentTargets =
  (room: Room): Operation<"ListDeploymentTargets"> =>
  async (_ctx, input) => ({ targetIds: [targetIdOf(findDeployment(room, input.deploymentId))] });

export const getDeploymentTarget =
  (room: Room): Operation<"GetDeploymentTarget"> =>
  async (_ctx, input) => {
    const deployment = findDeployment(room, input.deploymentId);
    if (input.targetId !== targetIdOf(deployment)) throw noTarget(input.targetId);
    return { deploymentTarget: targetView(room, deployment) };
  };

export const batchGetDeploymentTargets =
  (room: Room): Operation<"BatchGetDeploymentTargets"> =>
  async (_ctx, input) => {
    const deployment = findDeployment(room, input.deploymentId);
    const wrong = input.targetIds.find((id) => id !== targetIdOf(deployment));
    if (wrong !== undefined) throw noTarget(wrong);
    return { deploymentTargets: [targetView(room, deployment)] };
  };
