import { findFunction } from "../find.ts";
import type { Operation, Room } from "../room.ts";

export const listTags =
  (room: Room): Operation<"ListTags"> =>
  async (ctx, { Resource }) => ({ Tags: { ...findFunction(room, ctx, Resource).tags } });

export const tagResource =
  (room: Room): Operation<"TagResource"> =>
  async (ctx, { Resource, Tags }) => {
    const record = findFunction(room, ctx, Resource);
    room.functions.put(record.name, { ...record, tags: { ...record.tags, ...Tags } });
    return {};
  };

export const untagResource =
  (room: Room): Operation<"UntagResource"> =>
  async (ctx, { Resource, TagKeys }) => {
    const record = findFunction(room, ctx, Resource);
    const tags = Object.fromEntries(Object.entries(record.tags).filter(([key]) => !TagKeys.includes(key)));
    room.functions.put(record.name, { ...record, tags });
    return {};
  };
