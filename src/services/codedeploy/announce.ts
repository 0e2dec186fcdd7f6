import { errorMessage } from "../../kernel/errors.ts";
import { applicationArn, groupArn } from "./arns.ts";
import type { DeploymentRecord, GroupRecord } from "./records.ts";
import { serviceRole } from "./role.ts";
import type { Room } from "./room.ts";
import { overviewOf, rollbackMessage } from "./views.ts";

type State = "START" | "SUCCESS" | "FAILURE" | "STOP";

const TRIGGERS: Readonly<Record<State, string>> = {
  START: "DeploymentStart",
  SUCCESS: "DeploymentSuccess",
  FAILURE: "DeploymentFailure",
  STOP: "DeploymentStop",
};

/** Tells the event stream and the group's triggers where a deployment stands, once that is durable. */
export const announce = (room: Room, deployment: DeploymentRecord, state: State): void => {
  const { deps } = room;
  const time = deps.clock.now();
  deps.tasks.spawn(`tell of ${deployment.id}`, async () => {
    await deps.records.committed();
    const group = room.groups.get([deployment.application, deployment.group]);
    emit(room, deployment, group, state, time);
    if (!group) return;
    // AWS: what starts is told of as created.
    await notify(
      room,
      group,
      deployment,
      TRIGGERS[state],
      state === "START" ? "CREATED" : deployment.status.toUpperCase(),
    );
    if (state === "START" && deployment.rollsBack !== undefined)
      await notify(room, group, deployment, "DeploymentRollback", "IN_PROGRESS");
  });
};

/** https://docs.aws.amazon.com/codedeploy/latest/userguide/monitoring-cloudwatch-events.html; a group that is gone has no id. */
const emit = (
  { deps }: Room,
  { id, application, group: name }: DeploymentRecord,
  group: GroupRecord | undefined,
  state: State,
  time: number,
): void =>
  deps.events.emit({
    id: deps.ids.uuid(),
    time,
    source: "aws.codedeploy",
    detailType: "CodeDeploy Deployment State-change Notification",
    account: deps.account,
    region: deps.region,
    resources: [applicationArn(deps, application), groupArn(deps, application, name)],
    detail: {
      ...(group ? { instanceGroupId: group.id } : {}),
      region: deps.region,
      application,
      deploymentId: id,
      state,
      deploymentGroup: name,
    },
  });

/** Publishes what happened to the triggers of a group that want to hear of such an event. */
const notify = async (
  room: Room,
  group: GroupRecord,
  deployment: DeploymentRecord,
  event: string,
  status: string,
): Promise<void> => {
  const { id, application } = deployment;
  const Subject = `${status}: AWS CodeDeploy ${id} in ${room.deps.region} to ${application}`.slice(0, MAX_SUBJECT);
  for (const { triggerTargetArn: TopicArn, triggerEvents = [], triggerName } of group.triggers) {
    if (!triggerEvents.some((wanted) => wanted === event)) continue;
    const Message = JSON.stringify(messageOf(room, deployment, triggerName, status));
    try {
      const ctx = await serviceRole(room, group, id);
      await ctx.call("sns", "Publish", { TopicArn, Subject, Message });
    } catch (error) {
      // A topic that cannot be told must not change how a deployment ends; whoever runs the cloud hears of it.
      process.stderr.write(`aloft: CodeDeploy could not tell ${TopicArn} of ${id}: ${errorMessage(error)}\n`);
    }
  }
};

const MAX_SUBJECT = 100;

/** AWS: what is nested is JSON in a string; https://docs.aws.amazon.com/codedeploy/latest/userguide/monitoring-sns-event-notifications-json-format.html shows it without. */
const messageOf = (
  { deps: { region, account } }: Room,
  deployment: DeploymentRecord,
  eventTriggerName: string | undefined,
  status: string,
) => {
  const { id, application, group, createdAt, completedAt, error, rollsBack } = deployment;
  const { Succeeded, Failed, Skipped, InProgress, Pending } = overviewOf(deployment);
  return {
    region,
    accountId: account,
    eventTriggerName,
    applicationName: application,
    deploymentId: id,
    deploymentGroupName: group,
    createTime: dateText(createdAt),
    completeTime: completedAt === undefined ? null : dateText(completedAt),
    ...(completedAt !== undefined && {
      deploymentOverview: JSON.stringify({ Succeeded, Failed, Skipped, InProgress, Pending }),
    }),
    status,
    ...(error && { errorInformation: JSON.stringify({ ErrorCode: error.code, ErrorMessage: error.message }) }),
    ...((error || rollsBack) && {
      rollbackInformation: JSON.stringify(
        rollsBack ? { RollbackMessage: rollbackMessage(id, rollsBack), RollbackTriggeringDeploymentId: rollsBack } : {},
      ),
    }),
  };
};

/** `Thu Oct 13 15:50:45 UTC 2022` */
const dateText = (ms: number): string =>
  new Date(ms).toUTCString().replace(/^(\w+), (\d+) (\w+) (\d+) ([\d:]+) GMT$/, "$1 $3 $2 $5 UTC $4");
