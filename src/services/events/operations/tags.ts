import { findBus, findRule, refuseManaged, ruleNamedBy } from "../find.ts";
import type { TagRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

type Parts = Pick<Room, "rules" | "buses" | "partition" | "region" | "account">;

export const tagResource =
  (room: Parts): Operation<"TagResource"> =>
  async (_ctx, input) => {
    const { tags, keep } = taggedBy(room, input.ResourceARN);
    const added = input.Tags.map(({ Key, Value }) => ({ key: Key, value: Value }));
    keep([...tags.filter(({ key }) => !added.some((tag) => tag.key === key)), ...added]);
    return {};
  };

export const untagResource =
  (room: Parts): Operation<"UntagResource"> =>
  async (_ctx, input) => {
    const { tags, keep } = taggedBy(room, input.ResourceARN);
    keep(tags.filter(({ key }) => !input.TagKeys.includes(key)));
    return {};
  };

export const listTagsForResource =
  (room: Parts): Operation<"ListTagsForResource"> =>
  async (_ctx, input) => ({
    Tags: taggedBy(room, input.ResourceARN).tags.map(({ key, value }) => ({ Key: key, Value: value })),
  });

/** The tags of a rule or a bus, and how others take their place. */
const taggedBy = (room: Parts, arn: string) => {
  if (arn.includes(":rule/")) {
    const named = ruleNamedBy(arn);
    const rule = findRule(room, named.name, named.bus);
    const keep = (tags: readonly TagRecord[]) => {
      refuseManaged(rule);
      room.rules.put([rule.bus, rule.name], { ...rule, tags });
    };
    return { tags: rule.tags, keep };
  }
  const bus = findBus(room, arn);
  return { tags: bus.tags, keep: (tags: readonly TagRecord[]) => room.buses.put(bus.name, { ...bus, tags }) };
};
