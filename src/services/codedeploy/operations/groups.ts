import { DEFAULT_CONFIG, findConfig } from "../configs.ts";
import { groupExists, noGroup } from "../errors.ts";
import { findApplication, findGroup } from "../find.ts";
import { page } from "../paging.ts";
import type { Operation, Room } from "../room.ts";
import { tagsFrom } from "../tags.ts";
import { groupView } from "../views.ts";

export const createDeploymentGroup =
  (room: Room): Operation<"CreateDeploymentGroup"> =>
  async (_ctx, input) => {
    const { name: application } = findApplication(room, input.applicationName);
    const { deploymentGroupName: name, deploymentConfigName = DEFAULT_CONFIG } = input;
    if (room.groups.has([application, name])) throw groupExists(name);
    findConfig(room, deploymentConfigName);
    const id = room.deps.ids.uuid();
    room.groups.put([application, name], {
      id,
      application,
      name,
      configName: deploymentConfigName,
      serviceRoleArn: input.serviceRoleArn,
      triggers: input.triggerConfigurations ?? [],
      alarms: input.alarmConfiguration,
      autoRollback: input.autoRollbackConfiguration,
      tags: tagsFrom(input.tags),
    });
    return { deploymentGroupId: id };
  };

export const updateDeploymentGroup =
  (room: Room): Operation<"UpdateDeploymentGroup"> =>
  async (_ctx, input) => {
    const group = findGroup(room, input.applicationName, input.currentDeploymentGroupName);
    const { newDeploymentGroupName: name = group.name, deploymentConfigName = group.configName } = input;
    if (name !== group.name && room.groups.has([group.application, name])) throw groupExists(name);
    findConfig(room, deploymentConfigName);
    room.deps.records.atomically(() => {
      room.groups.delete([group.application, group.name]);
      room.groups.put([group.application, name], {
        ...group,
        name,
        configName: deploymentConfigName,
        serviceRoleArn: input.serviceRoleArn ?? group.serviceRoleArn,
        triggers: input.triggerConfigurations ?? group.triggers,
        alarms: input.alarmConfiguration ?? group.alarms,
        autoRollback: input.autoRollbackConfiguration ?? group.autoRollback,
      });
    });
    return { hooksNotCleanedUp: [] };
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
    room.groups.delete([input.applicationName, input.deploymentGroupName]);
    return { hooksNotCleanedUp: [] };
  };
