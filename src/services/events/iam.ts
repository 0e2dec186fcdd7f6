import { type AuthorizationRequest, passRole } from "../../kernel/authorization.ts";
import type { Context } from "../../kernel/context.ts";
import type { IamTable } from "../../kernel/service.ts";
import { busName } from "./find.ts";
import { DEFAULT_BUS } from "./records.ts";
import type { Room } from "./room.ts";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html */
const ruleArn = (ctx: Context, name: string, bus: string | undefined): string =>
  ctx.arn(busName(bus) === DEFAULT_BUS ? `rule/${name}` : `rule/${busName(bus)}/${name}`);

const onRule =
  (action: string) =>
  (
    _room: Room,
    ctx: Context,
    input: { readonly Name: string; readonly EventBusName?: string | undefined },
  ): AuthorizationRequest => ({
    action: `events:${action}`,
    resource: ruleArn(ctx, input.Name, input.EventBusName),
  });

const onRuleTargets =
  (action: string) =>
  (
    _room: Room,
    ctx: Context,
    input: { readonly Rule: string; readonly EventBusName?: string | undefined },
  ): AuthorizationRequest => ({
    action: `events:${action}`,
    resource: ruleArn(ctx, input.Rule, input.EventBusName),
  });

const onBus =
  (action: string) =>
  (_room: Room, ctx: Context, input: { readonly Name?: string | undefined }): AuthorizationRequest => ({
    action: `events:${action}`,
    resource: ctx.arn(`event-bus/${busName(input.Name)}`),
  });

const onResource =
  (action: string) =>
  (_room: Room, _ctx: Context, input: { readonly ResourceARN: string }): AuthorizationRequest => ({
    action: `events:${action}`,
    resource: input.ResourceARN,
  });

const onArchive =
  (action: string) =>
  (_room: Room, ctx: Context, { ArchiveName }: { readonly ArchiveName: string }): AuthorizationRequest => ({
    action: `events:${action}`,
    resource: ctx.arn(`archive/${ArchiveName}`),
  });

const onNamed =
  (kind: string, action: string) =>
  (_room: Room, ctx: Context, { Name }: { readonly Name: string }): AuthorizationRequest => ({
    action: `events:${action}`,
    resource: ctx.arn(`${kind}/${Name}`),
  });

const onReplay =
  (action: string) =>
  (_room: Room, ctx: Context, { ReplayName }: { readonly ReplayName: string }): AuthorizationRequest => ({
    action: `events:${action}`,
    resource: ctx.arn(`replay/${ReplayName}`),
  });

const onAll = (action: string) => (): AuthorizationRequest => ({ action: `events:${action}`, resource: "*" });

export const iam: IamTable<Room, "events"> = {
  PutRule: onRule("PutRule"),
  DescribeRule: onRule("DescribeRule"),
  DeleteRule: onRule("DeleteRule"),
  EnableRule: onRule("EnableRule"),
  DisableRule: onRule("DisableRule"),
  ListRules: onAll("ListRules"),
  PutTargets: (room, ctx, input) => [
    onRuleTargets("PutTargets")(room, ctx, input),
    ...input.Targets.flatMap(({ RoleArn }) =>
      RoleArn === undefined ? [] : [passRole(RoleArn, "events.amazonaws.com")],
    ),
  ],
  RemoveTargets: onRuleTargets("RemoveTargets"),
  ListTargetsByRule: onRuleTargets("ListTargetsByRule"),
  ListRuleNamesByTarget: onAll("ListRuleNamesByTarget"),
  PutPermission: (_room, ctx, input) => ({
    action: "events:PutPermission",
    resource: ctx.arn(`event-bus/${busName(input.EventBusName)}`),
  }),
  RemovePermission: (_room, ctx, input) => ({
    action: "events:RemovePermission",
    resource: ctx.arn(`event-bus/${busName(input.EventBusName)}`),
  }),
  CreateArchive: onArchive("CreateArchive"),
  DescribeArchive: onArchive("DescribeArchive"),
  UpdateArchive: onArchive("UpdateArchive"),
  DeleteArchive: onArchive("DeleteArchive"),
  ListArchives: onAll("ListArchives"),
  CancelReplay: onReplay("CancelReplay"),
  DescribeReplay: onReplay("DescribeReplay"),
  ListReplays: onAll("ListReplays"),
  StartReplay: onReplay("StartReplay"),
  CreateConnection: onNamed("connection", "CreateConnection"),
  DeauthorizeConnection: onNamed("connection", "DeauthorizeConnection"),
  DeleteConnection: onNamed("connection", "DeleteConnection"),
  DescribeConnection: onNamed("connection", "DescribeConnection"),
  ListConnections: onAll("ListConnections"),
  UpdateConnection: onNamed("connection", "UpdateConnection"),
  CreateApiDestination: onNamed("api-destination", "CreateApiDestination"),
  DeleteApiDestination: onNamed("api-destination", "DeleteApiDestination"),
  DescribeApiDestination: onNamed("api-destination", "DescribeApiDestination"),
  ListApiDestinations: onAll("ListApiDestinations"),
  UpdateApiDestination: onNamed("api-destination", "UpdateApiDestination"),
  UpdateEventBus: onBus("UpdateEventBus"),
  PutEvents: (room, ctx, input) => {
    const names = [...new Set(input.Entries.map(({ EventBusName }) => busName(EventBusName)))];
    return names.map((name) => {
      const policy = room.buses.get(name)?.policy;
      return {
        action: "events:PutEvents",
        resource: ctx.arn(`event-bus/${name}`),
        ...(policy === undefined ? {} : { resourcePolicy: JSON.parse(policy) }),
      };
    });
  },
  TestEventPattern: onAll("TestEventPattern"),
  CreateEventBus: onBus("CreateEventBus"),
  DescribeEventBus: onBus("DescribeEventBus"),
  DeleteEventBus: onBus("DeleteEventBus"),
  ListEventBuses: onAll("ListEventBuses"),
  TagResource: onResource("TagResource"),
  UntagResource: onResource("UntagResource"),
  ListTagsForResource: onResource("ListTagsForResource"),
};
