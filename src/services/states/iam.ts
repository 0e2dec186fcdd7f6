import { type AuthorizationRequest, passRole } from "../../kernel/authorization.ts";
import type { Context } from "../../kernel/context.ts";
import type { IamTable } from "../../kernel/service.ts";
import { activityArn, machineArn } from "./arns.ts";
import type { Room } from "./room.ts";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html */
const request = (action: string, resource: string): AuthorizationRequest => ({ action: `states:${action}`, resource });

const SERVICE = "states.amazonaws.com";

const onMachine =
  (action: string) => (_room: Room, _ctx: Context, input: { readonly stateMachineArn?: string | undefined }) =>
    request(action, input.stateMachineArn ?? "*");

/** AWS: what is done to a version or an alias is asked of its machine. */
const machineOf = (arn: string): string => arn.split(":").slice(0, 7).join(":");

const onAlias = (action: string) => (_room: Room, _ctx: Context, input: { readonly stateMachineAliasArn: string }) =>
  request(action, machineOf(input.stateMachineAliasArn));

const onExecution = (action: string) => (_room: Room, _ctx: Context, input: { readonly executionArn: string }) =>
  request(action, input.executionArn);

const onMapRun = (action: string) => (_room: Room, _ctx: Context, input: { readonly mapRunArn: string }) =>
  request(action, input.mapRunArn);

const onActivity = (action: string) => (_room: Room, _ctx: Context, input: { readonly activityArn: string }) =>
  request(action, input.activityArn);

const onAnything = (action: string) => () => request(action, "*");

const onArn = (action: string) => (_room: Room, _ctx: Context, input: { readonly resourceArn: string }) =>
  request(action, input.resourceArn);

export const iam: IamTable<Room, "states"> = {
  CreateActivity: ({ deps }, _ctx, { name }) => request("CreateActivity", activityArn(deps, name)),
  CreateStateMachine: ({ deps }, _ctx, { name, roleArn, publish }) => [
    request("CreateStateMachine", machineArn(deps, name)),
    ...(publish ? [request("PublishStateMachineVersion", machineArn(deps, name))] : []),
    passRole(roleArn, SERVICE),
  ],
  CreateStateMachineAlias: (_room, _ctx, { routingConfiguration }) =>
    request("CreateStateMachineAlias", machineOf(routingConfiguration[0]?.stateMachineVersionArn ?? "*")),
  DeleteActivity: onActivity("DeleteActivity"),
  DeleteStateMachine: onMachine("DeleteStateMachine"),
  DeleteStateMachineAlias: onAlias("DeleteStateMachineAlias"),
  DeleteStateMachineVersion: (_room, _ctx, { stateMachineVersionArn }) =>
    request("DeleteStateMachineVersion", machineOf(stateMachineVersionArn)),
  DescribeActivity: onActivity("DescribeActivity"),
  DescribeExecution: onExecution("DescribeExecution"),
  DescribeMapRun: onMapRun("DescribeMapRun"),
  DescribeStateMachine: onMachine("DescribeStateMachine"),
  DescribeStateMachineAlias: onAlias("DescribeStateMachineAlias"),
  DescribeStateMachineForExecution: onExecution("DescribeStateMachineForExecution"),
  GetActivityTask: onActivity("GetActivityTask"),
  GetExecutionHistory: onExecution("GetExecutionHistory"),
  ListActivities: onAnything("ListActivities"),
  ListExecutions: (_room, _ctx, { stateMachineArn, mapRunArn }) =>
    request("ListExecutions", stateMachineArn ?? mapRunArn ?? "*"),
  ListMapRuns: onExecution("ListMapRuns"),
  ListStateMachineAliases: onMachine("ListStateMachineAliases"),
  ListStateMachineVersions: onMachine("ListStateMachineVersions"),
  ListStateMachines: onAnything("ListStateMachines"),
  ListTagsForResource: onArn("ListTagsForResource"),
  PublishStateMachineVersion: onMachine("PublishStateMachineVersion"),
  RedriveExecution: onExecution("RedriveExecution"),
  SendTaskFailure: onAnything("SendTaskFailure"),
  SendTaskHeartbeat: onAnything("SendTaskHeartbeat"),
  SendTaskSuccess: onAnything("SendTaskSuccess"),
  StartExecution: onMachine("StartExecution"),
  StartSyncExecution: onMachine("StartSyncExecution"),
  StopExecution: onExecution("StopExecution"),
  TagResource: onArn("TagResource"),
  TestState: (_room, _ctx, { roleArn }) => [
    request("TestState", "*"),
    ...(roleArn === undefined ? [] : [passRole(roleArn, SERVICE)]),
  ],
  UntagResource: onArn("UntagResource"),
  UpdateMapRun: onMapRun("UpdateMapRun"),
  UpdateStateMachine: (_room, _ctx, { stateMachineArn, roleArn, publish }) => [
    request("UpdateStateMachine", stateMachineArn),
    ...(publish ? [request("PublishStateMachineVersion", stateMachineArn)] : []),
    ...(roleArn === undefined ? [] : [passRole(roleArn, SERVICE)]),
  ],
  UpdateStateMachineAlias: onAlias("UpdateStateMachineAlias"),
  ValidateStateMachineDefinition: onAnything("ValidateStateMachineDefinition"),
};
