import type { AuthorizationRequest } from "../../kernel/authorization.ts";
import type { Context } from "../../kernel/context.ts";
import type { IamTable } from "../../kernel/service.ts";
import { dashboardArn } from "./operations/dashboards.ts";
import type { Room } from "./room.ts";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html */
const onAlarm = (room: Room, ctx: Context, action: string, name: string): AuthorizationRequest => ({
  action: `cloudwatch:${action}`,
  resource: ctx.arn("alarm", name),
  conditions: resourceTags(room.alarms.get(name)?.tags),
});

const onAlarms =
  (action: string) =>
  (room: Room, ctx: Context, { AlarmNames }: { readonly AlarmNames: readonly string[] }) =>
    AlarmNames.map((name) => onAlarm(room, ctx, action, name));

const onOne =
  (action: string) =>
  (room: Room, ctx: Context, input: { readonly AlarmName: string }): AuthorizationRequest =>
    onAlarm(room, ctx, action, input.AlarmName);

const onDashboard = (action: string) => (room: Room, _ctx: Context, input: { readonly DashboardName: string }) => ({
  action: `cloudwatch:${action}`,
  resource: dashboardArn(room, input.DashboardName),
});

const onArn = (action: string) => (_room: Room, _ctx: Context, input: { readonly ResourceARN: string }) => ({
  action: `cloudwatch:${action}`,
  resource: input.ResourceARN,
});

const onAll = (action: string) => (): AuthorizationRequest => ({ action: `cloudwatch:${action}`, resource: "*" });

const resourceTags = (tags: Readonly<Record<string, string>> = {}) =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]));

export const iam: IamTable<Room, "cloudwatch"> = {
  DeleteAlarms: onAlarms("DeleteAlarms"),
  DeleteDashboards: (room, _ctx, input) =>
    input.DashboardNames.map((name) => ({ action: "cloudwatch:DeleteDashboards", resource: dashboardArn(room, name) })),
  DescribeAlarmHistory: (room, ctx, input) => onAlarm(room, ctx, "DescribeAlarmHistory", input.AlarmName ?? "*"),
  DescribeAlarms: (room, ctx, input) =>
    input.AlarmNames === undefined
      ? onAlarm(room, ctx, "DescribeAlarms", "*")
      : input.AlarmNames.map((name) => onAlarm(room, ctx, "DescribeAlarms", name)),
  DescribeAlarmsForMetric: onAll("DescribeAlarmsForMetric"),
  DisableAlarmActions: onAlarms("DisableAlarmActions"),
  EnableAlarmActions: onAlarms("EnableAlarmActions"),
  GetDashboard: onDashboard("GetDashboard"),
  GetMetricData: onAll("GetMetricData"),
  GetMetricStatistics: onAll("GetMetricStatistics"),
  ListDashboards: onAll("ListDashboards"),
  ListMetrics: onAll("ListMetrics"),
  ListTagsForResource: onArn("ListTagsForResource"),
  PutCompositeAlarm: onOne("PutCompositeAlarm"),
  PutDashboard: onDashboard("PutDashboard"),
  PutMetricAlarm: onOne("PutMetricAlarm"),
  PutMetricData: (_room, _ctx, input) => ({
    action: "cloudwatch:PutMetricData",
    resource: "*",
    conditions: { "cloudwatch:namespace": input.Namespace },
  }),
  SetAlarmState: onOne("SetAlarmState"),
  TagResource: onArn("TagResource"),
  UntagResource: onArn("UntagResource"),
};
