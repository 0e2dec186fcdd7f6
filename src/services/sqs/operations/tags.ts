import { invalidParameter, missingParameter } from "../errors.ts";
import { findQueue } from "../find.ts";
import { MAX_TAGS } from "../limits.ts";
import type { Operation, Room } from "../room.ts";
import { given } from "./queues.ts";

export const tagQueue =
  (room: Pick<Room, "queues">): Operation<"TagQueue"> =>
  async (_ctx, input) => {
    const queue = findQueue(room, input.QueueUrl);
    const added = given(input.Tags);
    if (Object.keys(added).length === 0) throw missingParameter("Tags");
    const tags = { ...queue.tags, ...added };
    if (Object.keys(tags).length > MAX_TAGS) {
      throw invalidParameter(`Too many tags added for queue ${queue.name}.`);
    }
    room.queues.put(queue.name, { ...queue, tags });
    return {};
  };

export const untagQueue =
  (room: Pick<Room, "queues">): Operation<"UntagQueue"> =>
  async (_ctx, input) => {
    const queue = findQueue(room, input.QueueUrl);
    if (input.TagKeys.length === 0) {
      throw invalidParameter("Tag keys must be between 1 and 128 characters in length.");
    }
    const tags = Object.entries(queue.tags).filter(([key]) => !input.TagKeys.includes(key));
    room.queues.put(queue.name, { ...queue, tags: Object.fromEntries(tags) });
    return {};
  };

export const listQueueTags =
  (room: Pick<Room, "queues">): Operation<"ListQueueTags"> =>
  async (_ctx, input) => {
    const { tags } = findQueue(room, input.QueueUrl);
    return Object.keys(tags).length === 0 ? {} : { Tags: { ...tags } };
  };
