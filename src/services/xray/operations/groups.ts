import { invalidRequest } from "../errors.ts";
import { parseFilter } from "../filters/parse.ts";
import { DEFAULT_GROUP, findGroup, groupsOf } from "../groups.ts";
import { MAX_GROUPS, MAX_TAGS } from "../limits.ts";
import { page } from "../paging.ts";
import type { GroupRecord } from "../records.ts";
import { type Operation, type Room, xrayArn } from "../room.ts";
import { groupView } from "../views.ts";

const PAGE = 100;
const UNIQUE_CHARS = 52;

export const createGroup =
  (room: Room): Operation<"CreateGroup"> =>
  async (_ctx, { GroupName, FilterExpression, InsightsConfiguration, Tags = [] }) => {
    if (GroupName === DEFAULT_GROUP) throw invalidRequest("Default is a reserved group name.");
    if (room.groups.has(GroupName)) throw invalidRequest(`The group ${GroupName} already exists.`);
    if (room.groups.count() >= MAX_GROUPS) throw invalidRequest(`The limit of ${MAX_GROUPS} groups is reached.`);
    if (Tags.length > MAX_TAGS) throw invalidRequest(`A group has ${MAX_TAGS} tags at most.`);
    const group = changed(
      {
        name: GroupName,
        arn: xrayArn(room, `group/${GroupName}/${room.ids.upper(UNIQUE_CHARS)}`),
        insights: false,
        notifications: false,
        tags: Tags.map(({ Key, Value }) => ({ key: Key, value: Value })),
      },
      { FilterExpression, InsightsConfiguration },
    );
    room.groups.put(group.name, group);
    return { Group: groupView(group) };
  };

export const updateGroup =
  (room: Room): Operation<"UpdateGroup"> =>
  async (_ctx, input) => {
    const group = changed(findOwn(room, input), input);
    room.groups.put(group.name, group);
    return { Group: groupView(group) };
  };

export const deleteGroup =
  (room: Room): Operation<"DeleteGroup"> =>
  async (_ctx, input) => {
    room.groups.delete(findOwn(room, input).name);
    return {};
  };

export const getGroup =
  (room: Room): Operation<"GetGroup"> =>
  async (_ctx, input) => ({ Group: groupView(findGroup(room, input)) });

export const getGroups =
  (room: Room): Operation<"GetGroups"> =>
  async (_ctx, { NextToken }) => {
    const { items, nextToken } = page(groupsOf(room), ({ name }) => name, NextToken, PAGE);
    return { Groups: items.map(groupView), ...(nextToken ? { NextToken: nextToken } : {}) };
  };

/** A group that may be changed: the default one may not. */
const findOwn = (room: Room, reference: Parameters<typeof findGroup>[1]): GroupRecord => {
  const group = findGroup(room, reference);
  if (group.name === DEFAULT_GROUP) throw invalidRequest("The default group cannot be changed.");
  return group;
};

interface GroupChange {
  readonly FilterExpression?: string | undefined;
  readonly InsightsConfiguration?:
    | { readonly InsightsEnabled?: boolean | undefined; readonly NotificationsEnabled?: boolean | undefined }
    | undefined;
}

const changed = (
  group: GroupRecord,
  { FilterExpression, InsightsConfiguration: insights }: GroupChange,
): GroupRecord => {
  if (FilterExpression) parseFilter(FilterExpression);
  const next = {
    ...group,
    ...(FilterExpression === undefined ? {} : { filterExpression: FilterExpression }),
    insights: insights?.InsightsEnabled ?? group.insights,
    notifications: insights?.NotificationsEnabled ?? group.notifications,
  };
  if (next.notifications && !next.insights)
    throw invalidRequest("Notifications may only be enabled on a group with insights enabled.");
  return next;
};
