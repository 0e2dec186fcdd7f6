import { type AuthorizationRequest, passRole } from "../../kernel/authorization.ts";
import type { Context } from "../../kernel/context.ts";
import type { JsonObject, JsonValue } from "../../kernel/json.ts";
import type { IamTable } from "../../kernel/service.ts";
import { type GroupReference, groupNameIn, queriedGroups } from "./find.ts";
import type { Room } from "./room.ts";

/**
 * AWS: a group's actions are checked on `log-group:NAME:log-stream:`, which is why policies end in `:*`.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
 */
const onGroup =
  (action: string) =>
  (room: Room, ctx: Context, input: GroupReference): AuthorizationRequest => {
    const name = groupNameIn(input.logGroupName ?? input.logGroupIdentifier ?? "");
    return request(room, ctx, action, name, "");
  };

const onKeyHolder =
  (action: string) =>
  (
    room: Room,
    ctx: Context,
    input: { readonly logGroupName?: string | undefined; readonly resourceIdentifier?: string | undefined },
  ): AuthorizationRequest =>
    request(room, ctx, action, groupNameIn(input.logGroupName ?? input.resourceIdentifier ?? ""), "");

const onStream =
  (action: string) =>
  (room: Room, ctx: Context, input: GroupReference & { readonly logStreamName: string }): AuthorizationRequest => {
    const name = groupNameIn(input.logGroupName ?? input.logGroupIdentifier ?? "");
    return request(room, ctx, action, name, input.logStreamName);
  };

/** Tags are a resource's, and are checked on the group itself. */
const onArn =
  (action: string) =>
  (room: Room, ctx: Context, { resourceArn }: { readonly resourceArn: string }): AuthorizationRequest => ({
    action: `logs:${action}`,
    resource: resourceArn,
    conditions: tagConditions(room, groupNameIn(resourceArn)),
    resourceAccount: ctx.account,
  });

const request = (room: Room, ctx: Context, action: string, group: string, stream: string): AuthorizationRequest => ({
  action: `logs:${action}`,
  resource: ctx.arn("log-group", group, "log-stream", stream),
  conditions: tagConditions(room, group),
  resourcePolicy: resourcePolicyOf(room),
});

/** AWS: the account's resource policies count together, for what services such as EventBridge write. */
const resourcePolicyOf = ({ resourcePolicies }: Room): JsonObject | undefined => {
  if (resourcePolicies.count() === 0) return undefined;
  const Statement = [...resourcePolicies.range()].flatMap(({ value }): JsonValue[] => {
    const { Statement: statements }: JsonObject = JSON.parse(value.document);
    return Array.isArray(statements) ? [...statements] : statements === undefined ? [] : [statements];
  });
  return { Version: "2012-10-17", Statement };
};

const onAll = (action: string) => (): AuthorizationRequest => ({ action: `logs:${action}`, resource: "*" });

const tagConditions = ({ groups }: Room, group: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(groups.get(group)?.tags ?? {}).map(([key, value]) => [`aws:ResourceTag/${key}`, value]),
  );

export const iam: IamTable<Room, "logs"> = {
  AssociateKmsKey: onKeyHolder("AssociateKmsKey"),
  DisassociateKmsKey: onKeyHolder("DisassociateKmsKey"),
  PutLogGroupDeletionProtection: onGroup("PutLogGroupDeletionProtection"),
  CreateLogGroup: (room, ctx, input) => ({
    ...onGroup("CreateLogGroup")(room, ctx, input),
    conditions: Object.fromEntries(
      Object.entries(input.tags ?? {}).map(([key, value]) => [`aws:RequestTag/${key}`, value]),
    ),
  }),
  DeleteLogGroup: onGroup("DeleteLogGroup"),
  DescribeLogGroups: (_room, ctx, input) => ({
    action: "logs:DescribeLogGroups",
    resource: ctx.arn("log-group", input.logGroupNamePrefix ?? "", "log-stream", ""),
  }),
  PutRetentionPolicy: onGroup("PutRetentionPolicy"),
  DeleteRetentionPolicy: onGroup("DeleteRetentionPolicy"),
  CreateLogStream: onStream("CreateLogStream"),
  DeleteLogStream: onStream("DeleteLogStream"),
  DescribeLogStreams: onGroup("DescribeLogStreams"),
  PutLogEvents: onStream("PutLogEvents"),
  GetLogEvents: onStream("GetLogEvents"),
  FilterLogEvents: onGroup("FilterLogEvents"),
  PutMetricFilter: onGroup("PutMetricFilter"),
  DeleteMetricFilter: onGroup("DeleteMetricFilter"),
  DescribeMetricFilters: onGroup("DescribeMetricFilters"),
  TestMetricFilter: onAll("TestMetricFilter"),
  PutSubscriptionFilter: (room, ctx, input) => [
    onGroup("PutSubscriptionFilter")(room, ctx, input),
    ...(input.roleArn === undefined ? [] : [passRole(input.roleArn, "logs.amazonaws.com")]),
  ],
  DeleteSubscriptionFilter: onGroup("DeleteSubscriptionFilter"),
  DescribeSubscriptionFilters: onGroup("DescribeSubscriptionFilters"),
  PutResourcePolicy: onAll("PutResourcePolicy"),
  DescribeResourcePolicies: onAll("DescribeResourcePolicies"),
  DeleteResourcePolicy: onAll("DeleteResourcePolicy"),
  // AWS: each of the groups is asked for.
  StartQuery: (room, ctx, input) => queriedGroups(input).map((name) => request(room, ctx, "StartQuery", name, "")),
  CreateExportTask: onGroup("CreateExportTask"),
  DescribeExportTasks: onAll("DescribeExportTasks"),
  CancelExportTask: onAll("CancelExportTask"),
  StartLiveTail: (room, ctx, input) =>
    (input.logGroupIdentifiers ?? []).map((arn) => request(room, ctx, "StartLiveTail", groupNameIn(arn), "")),
  StopQuery: onAll("StopQuery"),
  GetQueryResults: onAll("GetQueryResults"),
  DescribeQueries: onAll("DescribeQueries"),
  PutQueryDefinition: onAll("PutQueryDefinition"),
  DescribeQueryDefinitions: onAll("DescribeQueryDefinitions"),
  DeleteQueryDefinition: onAll("DeleteQueryDefinition"),
  GetLogRecord: onAll("GetLogRecord"),
  GetLogGroupFields: onGroup("GetLogGroupFields"),
  ListLogGroups: onAll("ListLogGroups"),
  TagResource: onArn("TagResource"),
  UntagResource: onArn("UntagResource"),
  ListTagsForResource: onArn("ListTagsForResource"),
  TagLogGroup: onGroup("TagLogGroup"),
  UntagLogGroup: onGroup("UntagLogGroup"),
  ListTagsLogGroup: onGroup("ListTagsLogGroup"),
};
