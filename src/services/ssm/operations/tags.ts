import { NotImplemented } from "../../../kernel/errors.ts";
import { invalidResourceId, tooManyTags } from "../errors.ts";
import { parameterNamed } from "../find.ts";
import { MAX_TAGS } from "../limits.ts";
import type { ParameterRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

export const addTagsToResource =
  (room: Pick<Room, "parameters">): Operation<"AddTagsToResource"> =>
  async (_ctx, input) => {
    const parameter = tagged(room, input);
    const added = input.Tags.map(({ Key, Value }) => ({ key: Key, value: Value }));
    const tags = [...parameter.tags.filter(({ key }) => !added.some((tag) => tag.key === key)), ...added];
    if (tags.length > MAX_TAGS) throw tooManyTags();
    room.parameters.put(parameter.name, { ...parameter, tags });
    return {};
  };

export const removeTagsFromResource =
  (room: Pick<Room, "parameters">): Operation<"RemoveTagsFromResource"> =>
  async (_ctx, input) => {
    const parameter = tagged(room, input);
    const tags = parameter.tags.filter(({ key }) => !input.TagKeys.includes(key));
    room.parameters.put(parameter.name, { ...parameter, tags });
    return {};
  };

export const listTagsForResource =
  (room: Pick<Room, "parameters">): Operation<"ListTagsForResource"> =>
  async (_ctx, input) => ({ TagList: tagged(room, input).tags.map(({ key, value }) => ({ Key: key, Value: value })) });

interface Tagged {
  readonly ResourceType: string;
  readonly ResourceId: string;
}

const tagged = (room: Pick<Room, "parameters">, { ResourceType, ResourceId }: Tagged): ParameterRecord => {
  if (ResourceType !== "Parameter") throw new NotImplemented(`ssm tags on a ${ResourceType}`);
  const parameter = parameterNamed(room, ResourceId);
  if (!parameter) throw invalidResourceId();
  return parameter;
};
