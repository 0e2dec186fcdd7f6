import { resourceNotFound, tooManyTags } from "../errors.ts";
import { MAX_TAGS } from "../limits.ts";
import type { Tag } from "../records.ts";
import { type Operation, type Room, xrayArn } from "../room.ts";
import { DEFAULT_RULE, rulesOf } from "../sampling/rules.ts";

export const tagResource =
  (room: Room): Operation<"TagResource"> =>
  async (_ctx, { ResourceARN, Tags }) => {
    const { tags, keep } = tagged(room, ResourceARN);
    const kept = tags.filter(({ key }) => !Tags.some(({ Key }) => Key === key));
    const all = [...kept, ...Tags.map(({ Key, Value }) => ({ key: Key, value: Value }))];
    if (all.length > MAX_TAGS) throw tooManyTags(ResourceARN);
    keep(all);
    return {};
  };

export const untagResource =
  (room: Room): Operation<"UntagResource"> =>
  async (_ctx, { ResourceARN, TagKeys }) => {
    const { tags, keep } = tagged(room, ResourceARN);
    keep(tags.filter(({ key }) => !TagKeys.includes(key)));
    return {};
  };

export const listTagsForResource =
  (room: Room): Operation<"ListTagsForResource"> =>
  async (_ctx, { ResourceARN }) => ({
    Tags: tagged(room, ResourceARN).tags.map(({ key, value }) => ({ Key: key, Value: value })),
  });

interface Tagged {
  readonly tags: readonly Tag[];
  keep(tags: readonly Tag[]): void;
}

/** A group or a sampling rule. AWS: the default ones have no tags. */
const tagged = (room: Room, arn: string): Tagged => {
  const group = [...room.groups.values()].find((one) => one.arn === arn);
  if (group) return { tags: group.tags, keep: (tags) => room.groups.put(group.name, { ...group, tags }) };
  const rule = rulesOf(room).find(({ name }) => xrayArn(room, `sampling-rule/${name}`) === arn);
  if (!rule || rule.name === DEFAULT_RULE) throw resourceNotFound(arn);
  return { tags: rule.tags, keep: (tags) => room.rules.put(rule.name, { ...rule, tags }) };
};
