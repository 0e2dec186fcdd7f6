import { invalidTags } from "./errors.ts";
import { MAX_TAG_KEY_LENGTH, MAX_TAG_VALUE_LENGTH, MAX_TAGS } from "./limits.ts";
import type { TagRecord } from "./records.ts";

interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** Tags as a caller writes them. Throws InvalidTagsToAddException. */
export const tagsFrom = (tags: readonly Tag[] = []): readonly TagRecord[] => {
  const records = tags.map(({ Key = "", Value = "" }) => ({ key: Key, value: Value }));
  if (records.length > MAX_TAGS) throw invalidTags(`A resource can have at most ${MAX_TAGS} tags.`);
  if (new Set(records.map(({ key }) => key)).size < records.length)
    throw invalidTags("Two tags with the same key have been specified.");
  for (const { key, value } of records) {
    if (key === "" || key.length > MAX_TAG_KEY_LENGTH)
      throw invalidTags(`A tag's key must have 1 to ${MAX_TAG_KEY_LENGTH} characters.`);
    if (value.length > MAX_TAG_VALUE_LENGTH)
      throw invalidTags(`A tag's value can have at most ${MAX_TAG_VALUE_LENGTH} characters.`);
    // CloudFormation tags what it makes.
    if (/^aws:(?!cloudformation:)/i.test(key)) throw invalidTags("The keys that begin with aws: are reserved.");
  }
  return records;
};

export const tagsView = (tags: readonly TagRecord[]) => tags.map(({ key, value }) => ({ Key: key, Value: value }));
