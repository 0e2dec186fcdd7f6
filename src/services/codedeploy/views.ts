import { groupArn } from "./arns.ts";
import { deploymentsOf } from "./find.ts";
import type {
  ApplicationRecord,
  ConfigRecord,
  DeploymentRecord,
  EventRecord,
  GroupRecord,
  Routing,
} from "./records.ts";
import type { Room } from "./room.ts";

const STYLE = { deploymentType: "BLUE_GREEN", deploymentOption: "WITH_TRAFFIC_CONTROL" } as const;

export const applicationView = ({ id, name, createdAt }: ApplicationRecord) => ({
  applicationId: id,
  applicationName: name,
  createTime: new Date(createdAt),
  linkedToGitHub: false,
  computePlatform: "Lambda" as const,
});

export const groupView = (room: Pick<Room, "deployments">, group: GroupRecord) => {
  const [last] = deploymentsOf(room, group.application, group.name);
  const succeeded = deploymentsOf(room, group.application, group.name).find(({ status }) => status === "Succeeded");
  return {
    applicationName: group.application,
    deploymentGroupId: group.id,
    deploymentGroupName: group.name,
    deploymentConfigName: group.configName,
    serviceRoleArn: group.serviceRoleArn,
    triggerConfigurations: group.triggers,
    alarmConfiguration: group.alarms,
    autoRollbackConfiguration: group.autoRollback,
    deploymentStyle: STYLE,
    computePlatform: "Lambda" as const,
    ...(succeeded ? { lastSuccessfulDeployment: lastView(succeeded), targetRevision: succeeded.revision } : {}),
    ...(last ? { lastAttemptedDeployment: lastView(last) } : {}),
  };
};

const lastView = ({ id, status, createdAt, completedAt }: DeploymentRecord) => ({
  deploymentId: id,
  status,
  createTime: new Date(createdAt),
  ...(completedAt === undefined ? {} : { endTime: new Date(completedAt) }),
});

export const configView = ({ id, name, createdAt, routing }: ConfigRecord) => ({
  deploymentConfigId: id,
  deploymentConfigName: name,
  createTime: new Date(createdAt),
  computePlatform: "Lambda" as const,
  trafficRoutingConfig: routingView(routing),
});

const routingView = (routing: Routing) => {
  switch (routing.type) {
    case "AllAtOnce":
      return { type: routing.type };
    case "TimeBasedCanary":
      return {
        type: routing.type,
        timeBasedCanary: { canaryPercentage: routing.percentage, canaryInterval: routing.intervalMinutes },
      };
    case "TimeBasedLinear":
      return {
        type: routing.type,
        timeBasedLinear: { linearPercentage: routing.percentage, linearInterval: routing.intervalMinutes },
      };
  }
};

export const deploymentView = (deployment: DeploymentRecord) => ({
  applicationName: deployment.application,
  deploymentGroupName: deployment.group,
  deploymentConfigName: deployment.configName,
  deploymentId: deployment.id,
  revision: deployment.revision,
  status: deployment.status,
  ...(deployment.error ? { errorInformation: { ...deployment.error } } : {}),
  createTime: new Date(deployment.createdAt),
  ...(deployment.startedAt === undefined ? {} : { startTime: new Date(deployment.startedAt) }),
  ...(deployment.completedAt === undefined ? {} : { completeTime: new Date(deployment.completedAt) }),
  deploymentOverview: overviewOf(deployment),
  description: deployment.description,
  creator: deployment.creator,
  ignoreApplicationStopFailures: false,
  autoRollbackConfiguration: deployment.autoRollback,
  overrideAlarmConfiguration: deployment.alarms,
  updateOutdatedInstancesOnly: false,
  ...rollbackOf(deployment),
  deploymentStyle: STYLE,
  instanceTerminationWaitTimeStarted: false,
  computePlatform: "Lambda" as const,
});

/** AWS: the function is the one target that is counted. */
const overviewOf = ({ status }: DeploymentRecord) => ({
  Pending: Number(status === "Created"),
  InProgress: Number(status === "InProgress"),
  Succeeded: Number(status === "Succeeded"),
  Failed: Number(status === "Failed"),
  Skipped: Number(status === "Stopped"),
  Ready: 0,
});

const rollbackOf = ({ rollbackId, rollsBack }: DeploymentRecord) => {
  if (rollbackId !== undefined) {
    const rollbackMessage = `Deployment ${rollbackId} was started to roll this deployment back.`;
    return { rollbackInfo: { rollbackDeploymentId: rollbackId, rollbackMessage } };
  }
  if (rollsBack === undefined) return {};
  const rollbackMessage = `This deployment takes back deployment ${rollsBack}.`;
  return { rollbackInfo: { rollbackTriggeringDeploymentId: rollsBack, rollbackMessage } };
};

/** A target's id: the function with its alias. */
export const targetIdOf = ({ appSpec }: DeploymentRecord): string => `${appSpec.functionName}:${appSpec.alias}`;

export const targetView = ({ deps }: Pick<Room, "deps">, deployment: DeploymentRecord) => ({
  deploymentTargetType: "LambdaTarget" as const,
  lambdaTarget: {
    deploymentId: deployment.id,
    targetId: targetIdOf(deployment),
    targetArn: groupArn(deps, deployment.application, deployment.group),
    status: TARGET_STATUSES[deployment.status],
    lastUpdatedAt: new Date(deployment.updatedAt),
    lifecycleEvents: deployment.events.map(eventView),
    lambdaFunctionInfo: {
      functionName: deployment.appSpec.functionName,
      functionAlias: deployment.appSpec.alias,
      currentVersion: deployment.appSpec.currentVersion,
      targetVersion: deployment.appSpec.targetVersion,
      targetVersionWeight: deployment.weight,
    },
  },
});

const TARGET_STATUSES = {
  Created: "Pending",
  InProgress: "InProgress",
  Succeeded: "Succeeded",
  Failed: "Failed",
  Stopped: "Skipped",
} as const;

const eventView = ({ name, status, startedAt, endedAt, diagnostics }: EventRecord) => ({
  lifecycleEventName: name,
  status,
  ...(startedAt === undefined ? {} : { startTime: new Date(startedAt) }),
  ...(endedAt === undefined ? {} : { endTime: new Date(endedAt) }),
  ...(diagnostics === undefined
    ? {}
    : { diagnostics: { errorCode: "ScriptFailed" as const, scriptName: "", message: diagnostics, logTail: "" } }),
});
