import { TooManyTagsException } from "@aws-sdk/client-cloudwatch-logs";
import { findGroup } from "../find.ts";
import { MAX_TAGS } from "../limits.ts";
import type { Operation, Room } from "../room.ts";

type Groups = Pick<Room, "groups">;

export const tagResource =
  (room: Groups): Operation<"TagResource"> =>
  async (_ctx, { resourceArn, tags }) =>
    tag(room, resourceArn, tags);

export const untagResource =
  (room: Groups): Operation<"UntagResource"> =>
  async (_ctx, { resourceArn, tagKeys }) =>
    untag(room, resourceArn, tagKeys);

export const listTagsForResource =
  (room: Groups): Operation<"ListTagsForResource"> =>
  async (_ctx, { resourceArn }) => ({ tags: { ...findGroup(room, resourceArn).tags } });

export const tagLogGroup =
  (room: Groups): Operation<"TagLogGroup"> =>
  async (_ctx, { logGroupName, tags }) =>
    tag(room, logGroupName, tags);

export const untagLogGroup =
  (room: Groups): Operation<"UntagLogGroup"> =>
  async (_ctx, input) =>
    untag(room, input.logGroupName, input.tags);

export const listTagsLogGroup =
  (room: Groups): Operation<"ListTagsLogGroup"> =>
  async (_ctx, { logGroupName }) => ({ tags: { ...findGroup(room, logGroupName).tags } });

const tag = (room: Groups, identifier: string, added: Readonly<Record<string, string>>) => {
  const group = findGroup(room, identifier);
  const tags = { ...group.tags, ...added };
  if (Object.keys(tags).length > MAX_TAGS) {
    throw new TooManyTagsException({ message: "A resource can have no more than 50 tags.", $metadata: {} });
  }
  room.groups.put(group.name, { ...group, tags });
  return {};
};

const untag = (room: Groups, identifier: string, keys: readonly string[]) => {
  const group = findGroup(room, identifier);
  const tags = Object.fromEntries(Object.entries(group.tags).filter(([key]) => !keys.includes(key)));
  room.groups.put(group.name, { ...group, tags });
  return {};
};
