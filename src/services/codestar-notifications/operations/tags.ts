import type { Operation, Room } from "../room.ts";
import { findRule } from "./rules.ts";

export const listTagsForResource =
  (room: Room): Operation<"ListTagsForResource"> =>
  async (_ctx, { Arn }) => ({ Tags: findRule(room, Arn).tags });

export const tagResource =
  (room: Room): Operation<"TagResource"> =>
  async (_ctx, { Arn, Tags }) => {
    const rule = findRule(room, Arn);
    const tags = { ...rule.tags, ...Tags };
    room.rules.put(Arn, { ...rule, tags });
    return { Tags: tags };
  };

export const untagResource =
  (room: Room): Operation<"UntagResource"> =>
  async (_ctx, { Arn, TagKeys }) => {
    const rule = findRule(room, Arn);
    room.rules.put(Arn, {
      ...rule,
      tags: Object.fromEntries(Object.entries(rule.tags).filter(([key]) => !TagKeys.includes(key))),
    });
    return {};
  };
