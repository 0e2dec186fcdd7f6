import { refusal } from "../errors.ts";
import { repositoryOfArn } from "../find.ts";
import type { Operation, Room } from "../room.ts";
import { checkTags } from "../tags.ts";

export const tagResource =
  (room: Room): Operation<"TagResource"> =>
  async (_ctx, { resourceArn, tags }) => {
    const repository = repositoryOfArn(room, resourceArn);
    const all = { ...repository.tags, ...tags };
    checkTags(tags, all);
    room.tables.repositories.put({ ...repository, tags: all });
    return {};
  };

export const untagResource =
  (room: Room): Operation<"UntagResource"> =>
  async (_ctx, { resourceArn, tagKeys }) => {
    if (tagKeys.length === 0) throw refusal("TagKeysListRequired");
    const repository = repositoryOfArn(room, resourceArn);
    const kept = Object.entries(repository.tags).filter(([key]) => !tagKeys.includes(key));
    room.tables.repositories.put({ ...repository, tags: Object.fromEntries(kept) });
    return {};
  };

/** All of them come in one page: there may be fifty. */
export const listTagsForResource =
  (room: Room): Operation<"ListTagsForResource"> =>
  async (_ctx, { resourceArn }) => ({ tags: { ...repositoryOfArn(room, resourceArn).tags } });
