import { badTags } from "./errors.ts";
import { MAX_TAGS } from "./limits.ts";
import type { TagRecord } from "./records.ts";

interface TagInput {
  readonly TagKey: string;
  readonly TagValue: string;
}

/** Tags of a request, over those that are there already. */
export const tagsFrom = (given: readonly TagInput[], before: readonly TagRecord[] = []): readonly TagRecord[] => {
  const added = given.map(({ TagKey, TagValue }) => ({ key: TagKey, value: TagValue }));
  const names = new Set(added.map(({ key }) => key));
  if (names.size < added.length) throw badTags("Duplicate tag keys");
  if (added.some(({ key }) => isReserved(key))) throw badTags("Tags beginning with aws: are reserved");
  // AWS: a tag that is given another value keeps its place.
  const tags = [...new Map([...before, ...added].map((tag) => [tag.key, tag])).values()];
  if (tags.filter(({ key }) => !key.startsWith(STACK_TAGS)).length > MAX_TAGS) throw badTags("Too many tags");
  return tags;
};

/** What CloudFormation marks the keys of its stacks with. */
const STACK_TAGS = "aws:cloudformation:";

const isReserved = (key: string): boolean => /^aws:/i.test(key) && !key.startsWith(STACK_TAGS);
