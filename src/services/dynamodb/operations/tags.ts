import { validationError } from "../errors.ts";
import { checkTableArn, findTagged } from "../find.ts";
import type { Operation, Room } from "../room.ts";
import { readTags, taggedTable, withTags } from "../tagInput.ts";

export const tagResource =
  (room: Pick<Room, "tables">): Operation<"TagResource"> =>
  async (_ctx, input) => {
    checkTableArn(input.ResourceArn);
    if (input.Tags.length === 0) throw validationError("Atleast one Tag needs to be provided as Input.");
    const table = findTagged(room, input.ResourceArn);
    room.tables.put(taggedTable(table, withTags(table.tags, readTags(input.Tags))));
    return {};
  };

export const untagResource =
  (room: Pick<Room, "tables">): Operation<"UntagResource"> =>
  async (_ctx, input) => {
    checkTableArn(input.ResourceArn);
    if (input.TagKeys.length === 0) throw validationError("Atleast one Tag Key needs to be provided as Input.");
    const table = findTagged(room, input.ResourceArn);
    const kept = table.tags.filter(({ key }) => !input.TagKeys.includes(key));
    room.tables.put(taggedTable(table, kept));
    return {};
  };

export const listTagsOfResource =
  (room: Pick<Room, "tables">): Operation<"ListTagsOfResource"> =>
  async (_ctx, input) => ({
    Tags: findTagged(room, input.ResourceArn).tags.map(({ key, value }) => ({ Key: key, Value: value })),
  });
