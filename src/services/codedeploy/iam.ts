import { type AuthorizationRequest, passRole } from "../../kernel/authorization.ts";
import type { Context } from "../../kernel/context.ts";
import type { IamTable } from "../../kernel/service.ts";
import { applicationArn, configArn, groupArn } from "./arns.ts";
import { SERVICE_PRINCIPAL } from "./role.ts";
import type { Room } from "./room.ts";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodedeploy.html */
const request = (action: string, resource: string): AuthorizationRequest => ({
  action: `codedeploy:${action}`,
  resource,
});

const onApplication =
  (action: string) => (room: Room, _ctx: Context, input: { readonly applicationName?: string | undefined }) =>
    request(action, applicationArn(room.deps, input.applicationName ?? "*"));

interface GroupNamed {
  readonly applicationName?: string | undefined;
  readonly deploymentGroupName?: string | undefined;
}

const onGroup = (action: string) => (room: Room, _ctx: Context, input: GroupNamed) =>
  request(action, groupArn(room.deps, input.applicationName ?? "*", input.deploymentGroupName ?? "*"));

const onConfig = (action: string) => (room: Room, _ctx: Context, input: { readonly deploymentConfigName: string }) =>
  request(action, configArn(room.deps, input.deploymentConfigName));

const groupOf = (room: Room, action: string, id: string | undefined): AuthorizationRequest => {
  const { application = "*", group = "*" } = (id && room.deployments.get(id)) || {};
  return request(action, groupArn(room.deps, application, group));
};

const onDeployment =
  (action: string) => (room: Room, _ctx: Context, input: { readonly deploymentId?: string | undefined }) =>
    groupOf(room, action, input.deploymentId);

const onArn = (action: string) => (_room: Room, _ctx: Context, input: { readonly ResourceArn: string }) =>
  request(action, input.ResourceArn);

export const iam: IamTable<Room, "codedeploy"> = {
  BatchGetApplicationRevisions: onApplication("BatchGetApplicationRevisions"),
  BatchGetApplications: (room, _ctx, input) =>
    input.applicationNames.map((name) => request("BatchGetApplications", applicationArn(room.deps, name))),
  BatchGetDeploymentGroups: (room, _ctx, input) =>
    input.deploymentGroupNames.map((name) =>
      request("BatchGetDeploymentGroups", groupArn(room.deps, input.applicationName, name)),
    ),
  BatchGetDeploymentTargets: onDeployment("BatchGetDeploymentTargets"),
  BatchGetDeployments: (room, _ctx, input) => input.deploymentIds.map((id) => groupOf(room, "BatchGetDeployments", id)),
  ContinueDeployment: onDeployment("ContinueDeployment"),
  CreateApplication: onApplication("CreateApplication"),
  CreateDeployment: onGroup("CreateDeployment"),
  CreateDeploymentConfig: onConfig("CreateDeploymentConfig"),
  CreateDeploymentGroup: (room, ctx, input) => [
    onGroup("CreateDeploymentGroup")(room, ctx, input),
    passRole(input.serviceRoleArn, SERVICE_PRINCIPAL),
  ],
  DeleteApplication: onApplication("DeleteApplication"),
  DeleteDeploymentConfig: onConfig("DeleteDeploymentConfig"),
  DeleteDeploymentGroup: onGroup("DeleteDeploymentGroup"),
  GetApplication: onApplication("GetApplication"),
  GetApplicationRevision: onApplication("GetApplicationRevision"),
  GetDeployment: onDeployment("GetDeployment"),
  GetDeploymentConfig: onConfig("GetDeploymentConfig"),
  GetDeploymentGroup: onGroup("GetDeploymentGroup"),
  GetDeploymentTarget: onDeployment("GetDeploymentTarget"),
  ListApplicationRevisions: onApplication("ListApplicationRevisions"),
  ListApplications: (room) => request("ListApplications", applicationArn(room.deps, "*")),
  ListDeploymentConfigs: (room) => request("ListDeploymentConfigs", configArn(room.deps, "*")),
  ListDeploymentGroups: onApplication("ListDeploymentGroups"),
  ListDeploymentTargets: onDeployment("ListDeploymentTargets"),
  ListDeployments: onGroup("ListDeployments"),
  ListTagsForResource: onArn("ListTagsForResource"),
  PutLifecycleEventHookExecutionStatus: onDeployment("PutLifecycleEventHookExecutionStatus"),
  RegisterApplicationRevision: onApplication("RegisterApplicationRevision"),
  SkipWaitTimeForInstanceTermination: onDeployment("ContinueDeployment"),
  StopDeployment: onDeployment("StopDeployment"),
  TagResource: onArn("TagResource"),
  UntagResource: onArn("UntagResource"),
  UpdateApplication: onApplication("UpdateApplication"),
  UpdateDeploymentGroup: (room, _ctx, input) => [
    request("UpdateDeploymentGroup", groupArn(room.deps, input.applicationName, input.currentDeploymentGroupName)),
    ...(input.serviceRoleArn === undefined ? [] : [passRole(input.serviceRoleArn, SERVICE_PRINCIPAL)]),
  ],
};
