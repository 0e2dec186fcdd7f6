import { parseArn } from "../../../kernel/arn.ts";
import { alarmNameIn } from "../alarms/composite.ts";
import { invalidValue, noResource } from "../errors.ts";
import { MAX_TAGS } from "../limits.ts";
import type { Operation, Room } from "../room.ts";
import { tagsFrom, tagsView } from "../views.ts";

type Tags = Readonly<Record<string, string>>;

interface Tagged {
  readonly tags: Tags;
  readonly put: (tags: Tags) => void;
}

/** What an ARN of CloudWatch's names. Throws ResourceNotFoundException. */
const taggedBy = (room: Room, arn: string): Tagged => {
  const { resource = "" } = parseArn(arn) ?? {};
  const alarm = resource.startsWith("alarm:") ? room.alarms.get(resource.slice("alarm:".length)) : undefined;
  if (alarm) return { tags: alarm.tags, put: (tags) => room.alarms.put(alarm.name, { ...alarm, tags }) };
  const dashboard = resource.startsWith("dashboard/")
    ? room.dashboards.get(resource.slice("dashboard/".length))
    : undefined;
  if (dashboard)
    return { tags: dashboard.tags, put: (tags) => room.dashboards.put(dashboard.name, { ...dashboard, tags }) };
  throw noResource(arn);
};

export const listTagsForResource =
  (room: Room): Operation<"ListTagsForResource"> =>
  async (_ctx, { ResourceARN }) => {
    // AWS: an alarm that is gone has no tags.
    const isGone = ResourceARN.includes(":alarm:") && !room.alarms.has(alarmNameIn(ResourceARN));
    return { Tags: isGone ? [] : tagsView(taggedBy(room, ResourceARN).tags) };
  };

export const tagResource =
  (room: Room): Operation<"TagResource"> =>
  async (_ctx, input) => {
    const { tags, put } = taggedBy(room, input.ResourceARN);
    const all = { ...tags, ...tagsFrom(input.Tags) };
    if (Object.keys(all).length > MAX_TAGS) throw invalidValue(`A resource can have at most ${MAX_TAGS} tags.`);
    put(all);
    return {};
  };

export const untagResource =
  (room: Room): Operation<"UntagResource"> =>
  async (_ctx, input) => {
    const { tags, put } = taggedBy(room, input.ResourceARN);
    put(Object.fromEntries(Object.entries(tags).filter(([key]) => !input.TagKeys.includes(key))));
    return {};
  };
