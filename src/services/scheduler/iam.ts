import { type AuthorizationRequest, passRole } from "../../kernel/authorization.ts";
import type { Context } from "../../kernel/context.ts";
import type { IamTable } from "../../kernel/service.ts";
import { DEFAULT_GROUP } from "./records.ts";
import type { Room } from "./room.ts";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridgescheduler.html */
const onSchedule =
  (action: string) =>
  (
    room: Room,
    ctx: Context,
    { Name, GroupName = DEFAULT_GROUP }: { readonly Name: string; readonly GroupName?: string | undefined },
  ): AuthorizationRequest => ({
    action: `scheduler:${action}`,
    resource: ctx.arn(`schedule/${GroupName}/${Name}`),
    conditions: tagsOf(room, GroupName),
  });

const withTarget =
  (action: string) =>
  (
    room: Room,
    ctx: Context,
    input: {
      readonly Name: string;
      readonly GroupName?: string | undefined;
      readonly Target: { readonly RoleArn: string };
    },
  ): readonly AuthorizationRequest[] => [
    onSchedule(action)(room, ctx, input),
    passRole(input.Target.RoleArn, "scheduler.amazonaws.com"),
  ];

const onGroup =
  (action: string) =>
  (room: Room, ctx: Context, { Name }: { readonly Name: string }): AuthorizationRequest => ({
    action: `scheduler:${action}`,
    resource: ctx.arn(`schedule-group/${Name}`),
    conditions: tagsOf(room, Name),
  });

const onArn =
  (action: string) =>
  (room: Room, _ctx: Context, { ResourceArn }: { readonly ResourceArn: string }): AuthorizationRequest => ({
    action: `scheduler:${action}`,
    resource: ResourceArn,
    conditions: tagsOf(room, ResourceArn.split("/").at(-1) ?? ""),
  });

const tagsOf = ({ groups }: Room, name: string) =>
  Object.fromEntries((groups.get(name)?.tags ?? []).map(({ key, value }) => [`aws:ResourceTag/${key}`, value]));

export const iam: IamTable<Room, "scheduler"> = {
  CreateSchedule: withTarget("CreateSchedule"),
  UpdateSchedule: withTarget("UpdateSchedule"),
  GetSchedule: onSchedule("GetSchedule"),
  DeleteSchedule: onSchedule("DeleteSchedule"),
  ListSchedules: () => ({ action: "scheduler:ListSchedules", resource: "*" }),
  CreateScheduleGroup: onGroup("CreateScheduleGroup"),
  GetScheduleGroup: onGroup("GetScheduleGroup"),
  DeleteScheduleGroup: onGroup("DeleteScheduleGroup"),
  ListScheduleGroups: () => ({ action: "scheduler:ListScheduleGroups", resource: "*" }),
  TagResource: onArn("TagResource"),
  UntagResource: onArn("UntagResource"),
  ListTagsForResource: onArn("ListTagsForResource"),
};
