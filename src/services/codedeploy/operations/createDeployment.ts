import type { AwsModels, InputOf } from "../../../kernel/aws.ts";
import { configFor } from "../configs.ts";
import { drive } from "../deploy/drive.ts";
import { add } from "../deploy/ledger.ts";
import { newDeployment } from "../deploy/newDeployment.ts";
import {
  activeDeployment,
  descriptionTooLong,
  fileExistsBehaviorGiven,
  groupNameRequired,
  ignoresStopFailures,
  invalidTargetInstances,
  revisionRequired,
  updatesOutdatedOnly,
} from "../errors.ts";
import { findApplication, findGroup, latestOf } from "../find.ts";
import { MAX_DESCRIPTION_LENGTH } from "../limits.ts";
import { isActive } from "../records.ts";
import { checkRevision, noteUse } from "../revisions.ts";
import type { Operation, Room } from "../room.ts";
import { checkSettings } from "../settings.ts";

type Input = InputOf<AwsModels["codedeploy"], "CreateDeployment">;

export const createDeployment =
  (room: Room): Operation<"CreateDeployment"> =>
  async (ctx, input) => {
    const { platform } = findApplication(room, input.applicationName);
    if (!input.deploymentGroupName) throw groupNameRequired();
    const group = findGroup(room, input.applicationName, input.deploymentGroupName);
    const config = configFor(room, platform, input.deploymentConfigName ?? group.configName);
    const { revision } = input;
    if (!revision) throw revisionRequired();
    checkRevision(platform, revision);
    checkOptions(input);
    if (platform === "Lambda") checkLambdaOptions(input);
    const active = latestOf(room, group, isActive);
    if (active) throw activeDeployment(group.name, active.id);
    const previous = latestOf(room, group, ({ status }) => status === "Succeeded");
    const deployment = newDeployment(room, {
      application: group.application,
      group: group.name,
      platform,
      configName: config.name,
      ...(config.routing && { routing: config.routing }),
      ...(input.description === undefined ? {} : { description: input.description }),
      traceId: ctx.beginTrace(),
      creator: ctx.calledVia === "cloudformation.amazonaws.com" ? ("CloudFormation" as const) : ("user" as const),
      revision,
      ...(previous && { previousRevision: previous.revision }),
      alarms: input.overrideAlarmConfiguration ?? group.alarms,
      autoRollback: input.autoRollbackConfiguration ?? group.autoRollback,
    });
    room.deps.records.atomically(() => {
      add(room, deployment);
      noteUse(room, group.application, revision);
    });
    drive(room, deployment.id);
    return { deploymentId: deployment.id };
  };

const checkOptions = ({ description = "", overrideAlarmConfiguration, autoRollbackConfiguration }: Input): void => {
  if (description.length > MAX_DESCRIPTION_LENGTH) throw descriptionTooLong(MAX_DESCRIPTION_LENGTH);
  checkSettings({ alarmConfiguration: overrideAlarmConfiguration, autoRollbackConfiguration });
};

/** AWS: what concerns files and instances is refused where there are none. */
const checkLambdaOptions = (input: Input): void => {
  if (input.fileExistsBehavior !== undefined) throw fileExistsBehaviorGiven();
  if (input.ignoreApplicationStopFailures) throw ignoresStopFailures();
  if (input.updateOutdatedInstancesOnly) throw updatesOutdatedOnly();
  if (input.targetInstances) throw invalidTargetInstances();
};
