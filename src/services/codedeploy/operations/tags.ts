import { parseArn } from "../../../kernel/arn.ts";
import { arnNotSupported, invalidArn, tagRequired } from "../errors.ts";
import { findApplication, findGroup } from "../find.ts";
import type { TagRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { tagsFrom, tagsView } from "../tags.ts";

type Shelves = Pick<Room, "applications" | "groups">;

export const tagResource =
  (room: Shelves): Operation<"TagResource"> =>
  async (_ctx, input) => {
    const added = tagsFrom(input.Tags);
    if (added.length === 0) throw tagRequired();
    change(room, input.ResourceArn, (tags) => [
      ...tags.filter(({ key }) => !added.some((tag) => tag.key === key)),
      ...added,
    ]);
    return {};
  };

export const untagResource =
  (room: Shelves): Operation<"UntagResource"> =>
  async (_ctx, input) => {
    if (input.TagKeys.length === 0) throw tagRequired();
    change(room, input.ResourceArn, (tags) => tags.filter(({ key }) => !input.TagKeys.includes(key)));
    return {};
  };

export const listTagsForResource =
  (room: Shelves): Operation<"ListTagsForResource"> =>
  async (_ctx, input) => ({ Tags: tagsView(change(room, input.ResourceArn, (tags) => tags)) });

/** Changes the tags of what an ARN names, and answers them as they are then. */
const change = (
  room: Shelves,
  arn: string,
  to: (tags: readonly TagRecord[]) => readonly TagRecord[],
): readonly TagRecord[] => {
  const parsed = parseArn(arn);
  if (parsed?.service !== "codedeploy") throw invalidArn(arn);
  const [kind, name = ""] = parsed.resource.split(":");
  if (kind === "application") {
    const application = findApplication(room, name);
    const tags = to(application.tags);
    room.applications.put(name, { ...application, tags });
    return tags;
  }
  if (kind !== "deploymentgroup") throw arnNotSupported(arn);
  const [owner = "", groupName] = name.split("/");
  const group = findGroup(room, owner, groupName);
  const tags = to(group.tags);
  room.groups.put([owner, group.name], { ...group, tags });
  return tags;
};
