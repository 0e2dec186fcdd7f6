import { invalid } from "../errors.ts";
import { findByArn } from "../find.ts";
import { MAX_TAGS } from "../limits.ts";
import type { Operation, Room } from "../room.ts";

type Parts = Pick<Room, "pipes">;

export const tagResource =
  (room: Parts): Operation<"TagResource"> =>
  async (_ctx, { resourceArn, tags }) => {
    const pipe = findByArn(room, resourceArn);
    const all = { ...pipe.tags, ...tags };
    if (Object.keys(all).length > MAX_TAGS) throw invalid(`A pipe can have no more than ${MAX_TAGS} tags.`);
    room.pipes.put(pipe.name, { ...pipe, tags: all });
    return {};
  };

export const untagResource =
  (room: Parts): Operation<"UntagResource"> =>
  async (_ctx, { resourceArn, tagKeys }) => {
    const pipe = findByArn(room, resourceArn);
    const left = Object.entries(pipe.tags).filter(([key]) => !tagKeys.includes(key));
    room.pipes.put(pipe.name, { ...pipe, tags: Object.fromEntries(left) });
    return {};
  };

export const listTagsForResource =
  (room: Parts): Operation<"ListTagsForResource"> =>
  async (_ctx, { resourceArn }) => ({ tags: findByArn(room, resourceArn).tags });
