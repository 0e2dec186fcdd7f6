import { NotImplemented } from "../../../kernel/errors.ts";
import { note } from "../deploy/ledger.ts";
import {
  alreadyCompleted,
  applicationNameRequired,
  batchTooLarge,
  deploymentIdRequired,
  groupNameRequired,
  hookAlreadyCompleted,
  invalidHookStatus,
  invalidTimeRange,
  noHookExecution,
  notForPlatform,
} from "../errors.ts";
import { deploymentIdIn, deploymentsOf, findDeployment, findGroup } from "../find.ts";
import { MAX_IDS_IN_BATCH } from "../limits.ts";
import { page } from "../paging.ts";
import { type DeploymentRecord, isActive } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { deploymentView } from "../views.ts";

export const getDeployment =
  (room: Room): Operation<"GetDeployment"> =>
  async (_ctx, input) => ({ deploymentInfo: deploymentView(findDeployment(room, input.deploymentId)) });

/** AWS: what is not there is left out. */
export const batchGetDeployments =
  (room: Room): Operation<"BatchGetDeployments"> =>
  async (_ctx, { deploymentIds }) => {
    if (deploymentIds.length === 0) throw deploymentIdRequired();
    if (deploymentIds.length > MAX_IDS_IN_BATCH) throw batchTooLarge(MAX_IDS_IN_BATCH);
    const found = deploymentIds.map((id) => room.deployments.get(deploymentIdIn(id)));
    return { deploymentsInfo: found.flatMap((deployment) => (deployment ? [deploymentView(deployment)] : [])) };
  };

export const listDeployments =
  (room: Room): Operation<"ListDeployments"> =>
  async (_ctx, input) => {
    const { applicationName, deploymentGroupName, includeOnlyStatuses: statuses = [] } = input;
    if (input.externalId !== undefined) throw new NotImplemented("codedeploy ListDeployments by externalId");
    // AWS: both are named or neither is, which it says before it looks whether they are there.
    if (!applicationName && deploymentGroupName) throw applicationNameRequired();
    if (applicationName && !deploymentGroupName) throw groupNameRequired();
    const { start, end } = input.createTimeRange ?? {};
    if (start && end && start > end) throw invalidTimeRange();
    const group = applicationName ? findGroup(room, applicationName, deploymentGroupName) : undefined;
    const ids = [...(group ? deploymentsOf(room, group.application, group.name) : allDeployments(room))]
      .filter(({ status }) => statuses.length === 0 || statuses.includes(status))
      .filter(({ createdAt }) => (!start || createdAt >= start.getTime()) && (!end || createdAt <= end.getTime()))
      .map(({ id }) => id);
    const { items, ...next } = page(ids, input.nextToken);
    return { deployments: items, ...next };
  };

const allDeployments = ({ deployments }: Pick<Room, "deployments">): readonly DeploymentRecord[] =>
  [...deployments.values()].sort((a, b) => b.createdAt - a.createdAt);

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
    if (deployment.platform === "Server") throw notForPlatform(deployment.platform);
    const executionId = input.lifecycleEventHookExecutionId;
    const event = deployment.events.find((each) => executionId !== undefined && each.executionId === executionId);
    if (!event) throw noHookExecution();
    if (input.status !== "Succeeded" && input.status !== "Failed") throw invalidHookStatus();
    if (event.status !== "InProgress" || event.reported !== undefined) throw hookAlreadyCompleted();
    note(room, deployment.id, event.name, { reported: input.status });
    room.bells.ring(deployment.id);
    return { lifecycleEventHookExecutionId: executionId };
  };

/** AWS: only deployments that wait between two fleets go on by hand. */
const onlyForFleets = (room: Room, id: string | undefined): never => {
  const deployment = findDeployment(room, id);
  if (!isActive(deployment)) throw alreadyCompleted(deployment.id);
  throw notForPlatform(deployment.platform);
};

export const continueDeployment =
  (room: Room): Operation<"ContinueDeployment"> =>
  async (_ctx, input) =>
    onlyForFleets(room, input.deploymentId);

export const skipWaitTimeForInstanceTermination =
  (room: Room): Operation<"SkipWaitTimeForInstanceTermination"> =>
  async (_ctx, input) =>
    onlyForFleets(room, input.deploymentId);
