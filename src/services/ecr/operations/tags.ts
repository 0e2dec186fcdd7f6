import { tooManyTags } from "../errors.ts";
import { findByArn } from "../find.ts";
import { MAX_TAGS } from "../limits.ts";
import type { Operation, Room } from "../room.ts";

export const tagResource =
  (room: Room): Operation<"TagResource"> =>
  async (ctx, input) => {
    const repository = findByArn(room, ctx.account, input.resourceArn);
    const kept = repository.tags.filter(({ key }) => !input.tags.some(({ Key }) => Key === key));
    const tags = [...kept, ...input.tags.map(({ Key, Value }) => ({ key: Key, value: Value }))];
    if (tags.length > MAX_TAGS) throw tooManyTags();
    room.repositories.put(repository.name, { ...repository, tags });
    return {};
  };

export const untagResource =
  (room: Room): Operation<"UntagResource"> =>
  async (ctx, input) => {
    const repository = findByArn(room, ctx.account, input.resourceArn);
    const tags = repository.tags.filter(({ key }) => !input.tagKeys.includes(key));
    room.repositories.put(repository.name, { ...repository, tags });
    return {};
  };

export const listTagsForResource =
  (room: Room): Operation<"ListTagsForResource"> =>
  async (ctx, input) => ({
    tags: findByArn(room, ctx.account, input.resourceArn).tags.map(({ key, value }) => ({ Key: key, Value: value })),
  });
