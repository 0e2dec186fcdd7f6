import { isRefusal, NotImplemented } from "../../../kernel/errors.ts";
import { configFor } from "../configs.ts";
import { endDeployments, moveDeployments } from "../deploy/meanwhile.ts";
import { batchTooLarge, groupExists, invalidRole, noGroup } from "../errors.ts";
import { findApplication, findGroup } from "../find.ts";
import { MAX_NAMES_IN_BATCH } from "../limits.ts";
import { page } from "../paging.ts";
import type { GroupRecord, ServerSettings } from "../records.ts";
import { serviceRole } from "../role.ts";
import type { Operation, Room } from "../room.ts";
import { checkServerSettings, checkSettings, type SettingsInput } from "../settings.ts";
import { tagsFrom } from "../tags.ts";
import { groupView } from "../views.ts";

export const createDeploymentGroup =
  (room: Room): Operation<"CreateDeploymentGroup"> =>
  async (_ctx, input) => {
    const { name: application, platform } = findApplication(room, input.applicationName);
    const { deploymentGroupName: name } = input;
    if (room.groups.has([application, name])) throw groupExists(name);
    if (platform === "ECS") throw new NotImplemented("codedeploy deployment groups of the ECS compute platform");
    checkServerSettings(platform, input);
    checkSettings(input);
    const config = configFor(room, platform, input.deploymentConfigName);
    const group: GroupRecord = {
      id: room.deps.ids.uuid(),
      application,
      name,
      platform,
      server: serverSettingsOf(input),
      configName: config.name,
      serviceRoleArn: input.serviceRoleArn,
      triggers: input.triggerConfigurations ?? [],
      alarms: input.alarmConfiguration,
      autoRollback: input.autoRollbackConfiguration,
      tags: tagsFrom(input.tags),
    };
    await checkRole(room, group);
    room.groups.put([application, name], group);
    return { deploymentGroupId: group.id };
  };

export const updateDeploymentGroup =
  (room: Room): Operation<"UpdateDeploymentGroup"> =>
  async (_ctx, input) => {
    const group = findGroup(room, input.applicationName, input.currentDeploymentGroupName);
    const { newDeploymentGroupName: name = group.name } = input;
    if (name !== group.name && room.groups.has([group.application, name])) throw groupExists(name);
    checkServerSettings(group.platform, input);
    checkSettings(input);
    const config = configFor(room, group.platform, input.deploymentConfigName ?? group.configName);
    const updated: GroupRecord = {
      ...group,
      name,
      server: { ...group.server, ...serverSettingsOf(input) },
      configName: config.name,
      serviceRoleArn: input.serviceRoleArn ?? group.serviceRoleArn,
      triggers: input.triggerConfigurations ?? group.triggers,
      alarms: input.alarmConfiguration ?? group.alarms,
      autoRollback: input.autoRollbackConfiguration ?? group.autoRollback,
    };
    if (input.serviceRoleArn !== undefined) await checkRole(room, updated);
    room.deps.records.atomically(() => {
      room.groups.delete([group.application, group.name]);
      room.groups.put([group.application, name], updated);
      if (name !== group.name) moveDeployments(room, group, updated);
    });
    return { hooksNotCleanedUp: [] };
  };

const serverSettingsOf = (input: SettingsInput): ServerSettings => ({
  ...(input.blueGreenDeploymentConfiguration && {
    blueGreenDeploymentConfiguration: input.blueGreenDeploymentConfiguration,
  }),
  ...(input.deploymentStyle && { deploymentStyle: input.deploymentStyle }),
  ...(input.ec2TagFilters && { ec2TagFilters: input.ec2TagFilters }),
  ...(input.ec2TagSet && { ec2TagSet: input.ec2TagSet }),
  ...(input.loadBalancerInfo && { loadBalancerInfo: input.loadBalancerInfo }),
  ...(input.onPremisesInstanceTagFilters && { onPremisesInstanceTagFilters: input.onPremisesInstanceTagFilters }),
  ...(input.onPremisesTagSet && { onPremisesTagSet: input.onPremisesTagSet }),
  ...(input.outdatedInstancesStrategy && { outdatedInstancesStrategy: input.outdatedInstancesStrategy }),
});

/** AWS: a group's role must be one that CodeDeploy may assume before the group gets it. */
const checkRole = async (room: Room, group: GroupRecord): Promise<void> => {
  try {
    await serviceRole(room, group, group.name);
  } catch (error) {
    if (isRefusal(error)) throw invalidRole();
    throw error;
  }
};

export const getDeploymentGroup =
  (room: Room): Operation<"GetDeploymentGroup"> =>
  async (_ctx, input) => ({
    deploymentGroupInfo: groupView(room, findGroup(room, input.applicationName, input.deploymentGroupName)),
  });

export const batchGetDeploymentGroups =
  (room: Room): Operation<"BatchGetDeploymentGroups"> =>
  async (_ctx, input) => {
    const { name } = findApplication(room, input.applicationName);
    if (input.deploymentGroupNames.length > MAX_NAMES_IN_BATCH) throw batchTooLarge(MAX_NAMES_IN_BATCH);
    const groups = input.deploymentGroupNames.map((groupName) => ({
      groupName,
      group: room.groups.get([name, groupName]),
    }));
    const missing = groups.find(({ group }) => group === undefined);
    return {
      deploymentGroupsInfo: groups.flatMap(({ group }) => (group ? [groupView(room, group)] : [])),
      ...(missing ? { errorMessage: noGroup(missing.groupName).message } : {}),
    };
  };

export const listDeploymentGroups =
  (room: Room): Operation<"ListDeploymentGroups"> =>
  async (_ctx, input) => {
    const { name } = findApplication(room, input.applicationName);
    const names = [...room.groups.range({ prefix: [name] })].map(({ value }) => value.name);
    const { items, ...next } = page(names, input.nextToken);
    return { applicationName: name, deploymentGroups: items, ...next };
  };

/** AWS: deleting what is not there is no error. */
export const deleteDeploymentGroup =
  (room: Room): Operation<"DeleteDeploymentGroup"> =>
  async (_ctx, input) => {
    const { applicationName, deploymentGroupName } = input;
    room.groups.delete([applicationName, deploymentGroupName]);
    endDeployments(room, { application: applicationName, name: deploymentGroupName }, "group");
    return { hooksNotCleanedUp: [] };
  };
