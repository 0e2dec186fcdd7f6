import { assumeRole } from "../../kernel/assumeRole.ts";
import { errorMessage } from "../../kernel/errors.ts";
import { applicationArn, groupArn } from "./arns.ts";
import type { DeploymentRecord, GroupRecord } from "./records.ts";
import type { Room } from "./room.ts";

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
    emit(room, deployment, state, time);
    const group = room.groups.get([deployment.application, deployment.group]);
    for (const { triggerTargetArn, triggerEvents = [], triggerName = "" } of group?.triggers ?? []) {
      const wanted: readonly string[] = triggerEvents;
      const rollback = deployment.rollsBack !== undefined && wanted.includes("DeploymentRollback");
      if (!group || triggerTargetArn === undefined || !(wanted.includes(TRIGGERS[state]) || rollback)) continue;
      await publish(room, group, deployment, { topic: triggerTargetArn, name: triggerName });
    }
  });
};

/** https://docs.aws.amazon.com/codedeploy/latest/userguide/monitoring-cloudwatch-events.html */
const emit = ({ deps }: Room, { id, application, group }: DeploymentRecord, state: State, time: number): void =>
  deps.events.emit({
    id: deps.ids.uuid(),
    time,
    source: "aws.codedeploy",
    detailType: "CodeDeploy Deployment State-change Notification",
    account: deps.account,
    region: deps.region,
    resources: [applicationArn(deps, application), groupArn(deps, application, group)],
    detail: { region: deps.region, application, deploymentGroup: group, deploymentId: id, state },
  });

interface Trigger {
  readonly topic: string;
  readonly name: string;
}

/** https://docs.aws.amazon.com/codedeploy/latest/userguide/monitoring-sns-event-notifications-json-format.html */
const publish = async (
  room: Room,
  group: GroupRecord,
  deployment: DeploymentRecord,
  trigger: Trigger,
): Promise<void> => {
  const { account, region, contextAs } = room.deps;
  const service = "codedeploy.amazonaws.com";
  const { id, status, createdAt, completedAt, error } = deployment;
  const message = {
    region,
    accountId: account,
    eventTriggerName: trigger.name,
    applicationName: deployment.application,
    deploymentId: id,
    deploymentGroupName: deployment.group,
    createTime: new Date(createdAt).toUTCString(),
    completeTime: completedAt === undefined ? null : new Date(completedAt).toUTCString(),
    status: status.toUpperCase(),
    ...(error === undefined
      ? {}
      : { errorInformation: JSON.stringify({ ErrorCode: error.code, ErrorMessage: error.message }) }),
  };
  try {
    const ctx = await assumeRole(
      contextAs({ kind: "service", account, service }),
      { service },
      group.serviceRoleArn,
      id,
    );
    const Subject = `${status.toUpperCase()}: AWS CodeDeploy ${id} in ${region}`.slice(0, 100);
    await ctx.call("sns", "Publish", { TopicArn: trigger.topic, Subject, Message: JSON.stringify(message) });
  } catch (error) {
    // A topic that cannot be told must not change how a deployment ends; whoever runs the cloud hears of it.
    process.stderr.write(`aloft: CodeDeploy could not tell ${trigger.topic} of ${id}: ${errorMessage(error)}\n`);
  }
};
