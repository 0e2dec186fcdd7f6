import { parseArn } from "../../../kernel/arn.ts";
import { invalidArn, noResource } from "../errors.ts";
import type { Operation, Room } from "../room.ts";
import { tagsView, withTags } from "../tags.ts";

type Tags = Readonly<Record<string, string>>;

export const tagResource =
  (room: Room): Operation<"TagResource"> =>
  async (_ctx, { resourceArn, tags }) => {
    change(room, resourceArn, (before) => withTags(before, tags, resourceArn));
    return {};
  };

export const untagResource =
  (room: Room): Operation<"UntagResource"> =>
  async (_ctx, { resourceArn, tagKeys }) => {
    change(room, resourceArn, (before) =>
      Object.fromEntries(Object.entries(before).filter(([key]) => !tagKeys.includes(key))),
    );
    return {};
  };

export const listTagsForResource =
  (room: Room): Operation<"ListTagsForResource"> =>
  async (_ctx, { resourceArn }) => ({ tags: tagsView(change(room, resourceArn, (tags) => tags)) });

/** Changes the tags of what an ARN names, and answers them as they are then. */
const change = ({ machines, activities }: Room, arn: string, to: (tags: Tags) => Tags): Tags => {
  const [kind, name = ""] = parseArn(arn)?.resource.split(":") ?? [];
  if (kind !== "stateMachine" && kind !== "activity") throw invalidArn(arn);
  if (kind === "stateMachine") {
    const machine = machines.get(name);
    if (!machine) throw noResource(arn);
    const tags = to(machine.tags);
    machines.put(name, { ...machine, tags });
    return tags;
  }
  const activity = activities.get(name);
  if (!activity) throw noResource(arn);
  const tags = to(activity.tags);
  activities.put(name, { ...activity, tags });
  return tags;
};
