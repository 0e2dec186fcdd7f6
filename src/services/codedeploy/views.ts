import { aliasArn } from "./arns.ts";
import { latestOf } from "./find.ts";
import {
  type ApplicationRecord,
  type AppSpec,
  type ConfigRecord,
  type DeploymentRecord,
  type EventRecord,
  type GroupRecord,
  hookOf,
  type RevisionRecord,
  type Routing,
} from "./records.ts";
import { groupsAt } from "./revisions.ts";
import type { Room } from "./room.ts";

const STYLE = { deploymentType: "BLUE_GREEN", deploymentOption: "WITH_TRAFFIC_CONTROL" } as const;
const STYLES = {
  Lambda: STYLE,
  ECS: STYLE,
  Server: { deploymentType: "IN_PLACE", deploymentOption: "WITHOUT_TRAFFIC_CONTROL" },
} as const;

export const applicationView = ({ id, name, platform, createdAt }: ApplicationRecord) => ({
  applicationId: id,
  applicationName: name,
  createTime: new Date(createdAt),
  linkedToGitHub: false,
  computePlatform: platform,
});

export const groupView = (room: Pick<Room, "deployments" | "history">, group: GroupRecord) => {
  const last = latestOf(room, group);
  const succeeded = latestOf(room, group, ({ status }) => status === "Succeeded");
  return {
    applicationName: group.application,
    deploymentGroupId: group.id,
    deploymentGroupName: group.name,
    deploymentConfigName: group.configName,
    serviceRoleArn: group.serviceRoleArn,
    triggerConfigurations: group.triggers,
    alarmConfiguration: group.alarms,
    autoRollbackConfiguration: group.autoRollback,
    ec2TagFilters: [],
    onPremisesInstanceTagFilters: [],
    autoScalingGroups: [],
    deploymentStyle: STYLES[group.platform],
    outdatedInstancesStrategy: "UPDATE" as const,
    terminationHookEnabled: false,
    ...group.server,
    computePlatform: group.platform,
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

export const configView = (config: ConfigRecord) => ({
  deploymentConfigId: config.id,
  deploymentConfigName: config.name,
  minimumHealthyHosts: config.minimumHealthyHosts,
  createTime: new Date(config.createdAt),
  computePlatform: config.platform,
  ...(config.routing && { trafficRoutingConfig: routingView(config.routing) }),
  zonalConfig: config.zonalConfig,
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
  previousRevision: deployment.previousRevision,
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
  deploymentStyle: STYLES[deployment.platform],
  instanceTerminationWaitTimeStarted: false,
  ...(deployment.platform === "Server" ? { fileExistsBehavior: "DISALLOW" as const } : {}),
  deploymentStatusMessages: [],
  computePlatform: deployment.platform,
});

/** AWS: the function is the one target that is counted. */
export const overviewOf = ({ status, platform }: DeploymentRecord) => {
  const targets = (counted: boolean) => (counted && platform === "Lambda" ? 1 : 0);
  return {
    Pending: targets(status === "Created"),
    InProgress: targets(status === "InProgress"),
    Succeeded: targets(status === "Succeeded"),
    Failed: targets(status === "Failed"),
    Skipped: targets(status === "Stopped"),
    Ready: 0,
  };
};

const rollbackOf = ({ id, rollbackId, rollsBack }: DeploymentRecord) => {
  if (rollbackId !== undefined)
    return { rollbackInfo: { rollbackDeploymentId: rollbackId, rollbackMessage: rollbackMessage(rollbackId, id) } };
  if (rollsBack === undefined) return {};
  return {
    rollbackInfo: { rollbackTriggeringDeploymentId: rollsBack, rollbackMessage: rollbackMessage(id, rollsBack) },
  };
};

export const rollbackMessage = (id: string, failedId: string): string =>
  `Deployment ${id} is triggered to roll back deployment ${failedId}.`;

/** A target's id: the function with its alias. */
export const targetIdOf = ({ functionName, alias }: AppSpec): string => `${functionName}:${alias}`;

export const targetStatusOf = ({ status }: DeploymentRecord) => TARGET_STATUSES[status];

export const targetView = ({ deps }: Pick<Room, "deps">, deployment: DeploymentRecord, appSpec: AppSpec) => ({
  deploymentTargetType: "LambdaTarget" as const,
  lambdaTarget: {
    deploymentId: deployment.id,
    targetId: targetIdOf(appSpec),
    targetArn: aliasArn(deps, appSpec.functionName, appSpec.alias),
    status: targetStatusOf(deployment),
    lastUpdatedAt: new Date(deployment.updatedAt),
    lifecycleEvents: deployment.events.map((event) => eventView(event, hookOf(appSpec, event.name))),
    lambdaFunctionInfo: {
      functionName: appSpec.functionName,
      functionAlias: appSpec.alias,
      currentVersion: appSpec.currentVersion,
      targetVersion: appSpec.targetVersion,
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

const eventView = ({ name, status, startedAt, endedAt, failure }: EventRecord, scriptName = "") => ({
  lifecycleEventName: name,
  ...(failure === undefined
    ? {}
    : { diagnostics: { errorCode: failure.code, scriptName, message: failure.message, logTail: "" } }),
  ...(startedAt === undefined ? {} : { startTime: new Date(startedAt) }),
  ...(endedAt === undefined ? {} : { endTime: new Date(endedAt) }),
  status,
});

export const revisionView = (room: Room, revision: RevisionRecord) => ({
  revisionLocation: revision.location,
  genericRevisionInfo: genericRevisionView(room, revision),
});

export const genericRevisionView = (room: Room, revision: RevisionRecord) => ({
  description: revision.description ?? "",
  deploymentGroups: [...groupsAt(room, revision)],
  ...(revision.firstUsedAt === undefined ? {} : { firstUsedTime: new Date(revision.firstUsedAt) }),
  ...(revision.lastUsedAt === undefined ? {} : { lastUsedTime: new Date(revision.lastUsedAt) }),
  registerTime: new Date(revision.registeredAt),
});
