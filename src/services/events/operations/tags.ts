import { busNotFound, ruleNotFound } from "../errors.ts";
import { busName, ruleByArn, ruleNamedBy } from "../find.ts";
import type { TagRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

type Parts = Pick<Room, "rules" | "buses">;

export const tagResource =
  (room: Parts): Operation<"TagResource"> =>
  async (_ctx, input) => {
    const added = input.Tags.map(({ Key, Value }) => ({ key: Key, value: Value }));
    change(room, input.ResourceARN, (tags) => [
      ...tags.filter(({ key }) => !added.some((tag) => tag.key === key)),
      ...added,
    ]);
    return {};
  };

export const untagResource =
  (room: Parts): Operation<"UntagResource"> =>
  async (_ctx, input) => {
    change(room, input.ResourceARN, (tags) => tags.filter(({ key }) => !input.TagKeys.includes(key)));
    return {};
  };

export const listTagsForResource =
  (room: Parts): Operation<"ListTagsForResource"> =>
  async (_ctx, input) => ({
    Tags: change(room, input.ResourceARN, (tags) => tags).map(({ key, value }) => ({ Key: key, Value: value })),
  });

/** Changes the tags of a rule or a bus, and answers them. */
const change = (
  room: Parts,
  arn: string,
  to: (tags: readonly TagRecord[]) => readonly TagRecord[],
): readonly TagRecord[] => {
  const rule = ruleByArn(room, arn);
  const bus = room.buses.get(busName(arn));
  const owner = rule ?? bus;
  if (!owner) throw nothingAt(arn);
  const tags = to(owner.tags);
  if (rule) room.rules.put([rule.bus, rule.name], { ...rule, tags });
  else if (bus) room.buses.put(bus.name, { ...bus, tags });
  return tags;
};

const nothingAt = (arn: string) => {
  if (!arn.includes(":rule/")) return busNotFound(busName(arn));
  const { bus, name } = ruleNamedBy(arn);
  return ruleNotFound(name, bus);
};
