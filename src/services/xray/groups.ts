import { invalidRequest } from "./errors.ts";
import type { Expression } from "./filters/expression.ts";
import { type GroupFilter, matches } from "./filters/matches.ts";
import { parseFilter } from "./filters/parse.ts";
import type { GroupRecord } from "./records.ts";
import { type Room, xrayArn } from "./room.ts";
import type { Trace } from "./traces/trace.ts";

/** How requests name a group: by its name, its ARN, or both. */
export interface GroupReference {
  readonly GroupName?: string | undefined;
  readonly GroupARN?: string | undefined;
}

/** The group that holds every trace, which nobody makes. */
export const DEFAULT_GROUP = "Default";

export const defaultGroup = (room: Room): GroupRecord => ({
  name: DEFAULT_GROUP,
  arn: xrayArn(room, `group/${DEFAULT_GROUP}`),
  insights: false,
  notifications: false,
  tags: [],
});

/** All groups, the default one first. */
export const groupsOf = (room: Room): readonly GroupRecord[] => [defaultGroup(room), ...room.groups.values()];

export const findGroup = (room: Room, { GroupName, GroupARN }: GroupReference): GroupRecord => {
  if (GroupName === undefined && GroupARN === undefined)
    throw invalidRequest("Either the group name or the group ARN must be given.");
  const found = groupsOf(room).find(
    ({ name, arn }) => (GroupName === undefined || name === GroupName) && (GroupARN === undefined || arn === GroupARN),
  );
  if (!found) throw invalidRequest("The group does not exist.");
  return found;
};

/** Which traces belong to the group that a request names; all of them where it names none. */
export const inGroup = (room: Room, reference: GroupReference): ((trace: Trace) => boolean) => {
  if (reference.GroupName === undefined && reference.GroupARN === undefined) return () => true;
  const expression = expressionOf(findGroup(room, reference));
  return (trace) => expression === undefined || matches(expression, trace, groupFilter(room));
};

/** The expressions of groups, for expressions that name them. */
export const groupFilter =
  (room: Room): GroupFilter =>
  (nameOrArn) => {
    const group = groupsOf(room).find(({ name, arn }) => name === nameOrArn || arn === nameOrArn);
    return group && expressionOf(group);
  };

const expressionOf = ({ filterExpression }: GroupRecord): Expression | undefined =>
  filterExpression ? parseFilter(filterExpression) : undefined;
