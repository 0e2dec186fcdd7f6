import { tooManyTags } from "../errors.ts";
import { findChangeableKey, findKey } from "../find.ts";
import { MAX_TAGS } from "../limits.ts";
import type { Operation, Room } from "../room.ts";

export const tagResource =
  (room: Room): Operation<"TagResource"> =>
  async (_ctx, input) => {
    const key = findChangeableKey(room, input.KeyId);
    const added = input.Tags.map(({ TagKey, TagValue }) => ({ key: TagKey, value: TagValue }));
    const tags = [...key.tags.filter((tag) => !added.some((each) => each.key === tag.key)), ...added];
    if (tags.length > MAX_TAGS) throw tooManyTags();
    room.keys.put(key.id, { ...key, tags });
    return {};
  };

export const untagResource =
  (room: Room): Operation<"UntagResource"> =>
  async (_ctx, input) => {
    const key = findChangeableKey(room, input.KeyId);
    room.keys.put(key.id, { ...key, tags: key.tags.filter((tag) => !input.TagKeys.includes(tag.key)) });
    return {};
  };

export const listResourceTags =
  (room: Room): Operation<"ListResourceTags"> =>
  async (_ctx, input) => ({
    Tags: findKey(room, input.KeyId).tags.map(({ key, value }) => ({ TagKey: key, TagValue: value })),
    Truncated: false,
  });
