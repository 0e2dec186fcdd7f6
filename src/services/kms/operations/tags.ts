import { findChangeableKey, findKey } from "../find.ts";
import type { Operation, Room } from "../room.ts";
import { tagsFrom } from "../tags.ts";

export const tagResource =
  (room: Room): Operation<"TagResource"> =>
  async (_ctx, input) => {
    const key = findChangeableKey(room, input.KeyId);
    room.keys.put(key.id, { ...key, tags: tagsFrom(input.Tags, key.tags) });
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
