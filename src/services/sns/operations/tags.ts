import { invalidParameter, resourceNotFound } from "../errors.ts";
import type { TopicRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

export const tagResource =
  (room: Pick<Room, "topics">): Operation<"TagResource"> =>
  async (_ctx, input) => {
    const topic = tagged(room, input.ResourceArn);
    checkTags(input.Tags);
    const added = input.Tags.map(({ Key, Value }) => ({ key: Key, value: Value }));
    const kept = topic.tags.filter(({ key }) => !added.some((tag) => tag.key === key));
    room.topics.put(topic.arn, { ...topic, tags: [...kept, ...added] });
    return {};
  };

export const untagResource =
  (room: Pick<Room, "topics">): Operation<"UntagResource"> =>
  async (_ctx, input) => {
    const topic = tagged(room, input.ResourceArn);
    room.topics.put(topic.arn, { ...topic, tags: topic.tags.filter(({ key }) => !input.TagKeys.includes(key)) });
    return {};
  };

export const listTagsForResource =
  (room: Pick<Room, "topics">): Operation<"ListTagsForResource"> =>
  async (_ctx, input) => ({
    Tags: tagged(room, input.ResourceArn).tags.map(({ key, value }) => ({ Key: key, Value: value })),
  });

export const checkTags = (tags: readonly { readonly Key: string | undefined }[]): void => {
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) {
    throw invalidParameter("Duplicated keys are not allowed.");
  }
};

const tagged = ({ topics }: Pick<Room, "topics">, arn: string): TopicRecord => {
  const topic = topics.get(arn);
  if (!topic) throw resourceNotFound();
  return topic;
};
