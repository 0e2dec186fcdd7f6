import { parseArn } from "../../kernel/arn.ts";
import { groupNotFound, invalidParameter, streamNotFound, twoGroupNames } from "./errors.ts";
import type { GroupRecord, StreamRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** How operations name a group: by name, or by name or ARN. */
export interface GroupReference {
  readonly logGroupName?: string | undefined;
  readonly logGroupIdentifier?: string | undefined;
}

/** The group's name in a name, an ARN, or an ARN with `:*`. */
export const groupNameIn = (identifier: string): string => {
  const resource = parseArn(identifier)?.resource;
  return resource === undefined ? identifier : resource.replace(/^log-group:/, "").replace(/:\*$/, "");
};

/** The name in a reference; AWS wants one of the two. */
export const referencedGroupName = ({ logGroupName, logGroupIdentifier }: GroupReference): string => {
  if (logGroupName !== undefined && logGroupIdentifier !== undefined) {
    throw twoGroupNames();
  }
  const identifier = logGroupName ?? logGroupIdentifier;
  if (identifier === undefined) {
    throw invalidParameter("At least one parameter must be specified: LogGroupName or LogGroupIdentifier");
  }
  return groupNameIn(identifier);
};

export const findGroup = ({ groups }: Pick<Room, "groups">, identifier: string): GroupRecord => {
  const group = groups.get(groupNameIn(identifier));
  if (!group) throw groupNotFound();
  return group;
};

export const findStream = (room: Pick<Room, "groups" | "streams">, group: string, name: string): StreamRecord => {
  findGroup(room, group);
  const stream = room.streams.get([group, name]);
  if (!stream) throw streamNotFound();
  return stream;
};

/** How a query names its groups. */
export interface QuerySource {
  readonly logGroupName?: string | undefined;
  readonly logGroupNames?: readonly string[] | undefined;
  readonly logGroupIdentifiers?: readonly string[] | undefined;
}

/** The names of the groups that a query is of. */
export const queriedGroups = ({ logGroupName, logGroupNames, logGroupIdentifiers }: QuerySource): readonly string[] =>
  (logGroupName === undefined ? (logGroupNames ?? logGroupIdentifiers ?? []) : [logGroupName]).map(groupNameIn);
