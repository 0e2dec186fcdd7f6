import { keyOf } from "../delivery/due.ts";
import { groupExists, invalid, notFound, tooManyGroups } from "../errors.ts";
import { findGroup } from "../find.ts";
import { DEFAULT_PAGE_SIZE, MAX_GROUPS, MAX_TAGS } from "../limits.ts";
import { DEFAULT_GROUP, type GroupRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { groupView } from "../views.ts";
import { inGroup } from "./schedules.ts";

export const createScheduleGroup =
  (room: Room): Operation<"CreateScheduleGroup"> =>
  async (ctx, { Name, Tags = [] }) => {
    if (Name === DEFAULT_GROUP || room.groups.has(Name)) throw groupExists(Name);
    if (room.groups.count() >= MAX_GROUPS) throw tooManyGroups();
    const now = room.clock.now();
    const arn = ctx.arn(`schedule-group/${Name}`);
    const tags = Tags.map(({ Key, Value }) => ({ key: Key, value: Value }));
    room.groups.put(Name, { name: Name, arn, createdAt: now, changedAt: now, tags });
    return { ScheduleGroupArn: arn };
  };

export const getScheduleGroup =
  (room: Room): Operation<"GetScheduleGroup"> =>
  async (_ctx, { Name }) =>
    groupView(findGroup(room, Name));

/** AWS deletes a group's schedules over some time; here they go with it. */
export const deleteScheduleGroup =
  (room: Room): Operation<"DeleteScheduleGroup"> =>
  async (_ctx, { Name }) => {
    if (Name === DEFAULT_GROUP) throw invalid("The default schedule group cannot be deleted.");
    findGroup(room, Name);
    for (const schedule of inGroup(room, Name)) {
      room.schedules.delete([schedule.group, schedule.name]);
      room.agenda.clear(keyOf(schedule));
    }
    room.groups.delete(Name);
    return {};
  };

export const listScheduleGroups =
  (room: Room): Operation<"ListScheduleGroups"> =>
  async (_ctx, { NamePrefix = "", NextToken = "", MaxResults = DEFAULT_PAGE_SIZE }) => {
    const own = [...room.groups.range()].map(({ value }) => value).filter(({ name }) => name !== DEFAULT_GROUP);
    const all = [...own, findGroup(room)]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .filter(({ name }) => name.startsWith(NamePrefix) && name > NextToken);
    const page = all.slice(0, MaxResults);
    const last = all.length > page.length ? page.at(-1) : undefined;
    return { ScheduleGroups: page.map(groupView), ...(last ? { NextToken: last.name } : {}) };
  };

export const tagResource =
  (room: Room): Operation<"TagResource"> =>
  async (_ctx, { ResourceArn, Tags }) => {
    const group = groupByArn(room, ResourceArn);
    const kept = group.tags.filter(({ key }) => !Tags.some(({ Key }) => Key === key));
    const tags = [...kept, ...Tags.map(({ Key, Value }) => ({ key: Key, value: Value }))];
    if (tags.length > MAX_TAGS) throw invalid("The resource has too many tags.");
    room.groups.put(group.name, { ...group, tags });
    return {};
  };

export const untagResource =
  (room: Room): Operation<"UntagResource"> =>
  async (_ctx, { ResourceArn, TagKeys }) => {
    const group = groupByArn(room, ResourceArn);
    room.groups.put(group.name, { ...group, tags: group.tags.filter(({ key }) => !TagKeys.includes(key)) });
    return {};
  };

export const listTagsForResource =
  (room: Room): Operation<"ListTagsForResource"> =>
  async (_ctx, { ResourceArn }) => ({
    Tags: groupByArn(room, ResourceArn).tags.map(({ key, value }) => ({ Key: key, Value: value })),
  });

/** AWS: only groups have tags. */
const groupByArn = (room: Room, arn: string): GroupRecord => {
  const name = /:schedule-group\/(.+)$/.exec(arn)?.[1];
  if (name === undefined) throw notFound(`Resource ${arn} does not exist.`);
  return findGroup(room, name);
};
