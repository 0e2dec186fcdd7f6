import { asksForThrottling } from "./budgets.ts";
import { validationError } from "./errors.ts";
import { MAX_TAGS } from "./limits.ts";
import type { TableRecord } from "./records.ts";

type Tags = TableRecord["tags"];

/** Tags as a request gives them. Throws ValidationException for what cannot be one. */
export const readTags = (input: readonly { readonly Key: string; readonly Value: string }[]): Tags => {
  const keys = new Set<string>();
  for (const { Key, Value } of input) {
    for (const text of [Key, Value])
      if (!TAG_TEXT.test(text)) throw validationError(`Tag contains characters that are not allowed: ${text}`);
    // A stack tags what it makes as any caller does; AWS does that by a way of its own.
    if (Key.startsWith("aws:") && !isStackTag(Key))
      throw validationError(`Tag Key cannot be prefixed with aws:, Key: ${Key}`);
    if (keys.has(Key)) throw validationError(`Duplicate Tag Keys provided as input: Duplicate Tag Key found ${Key}`);
    keys.add(Key);
  }
  return checkedCount(input.map(({ Key, Value }) => ({ key: Key, value: Value })));
};

/** The tags a table has once others are added. Throws when they are too many. */
export const withTags = (tags: Tags, added: Tags): Tags =>
  checkedCount([...tags.filter(({ key }) => !added.some((tag) => tag.key === key)), ...added]);

/** A table with these tags, one of which may have it throttled. */
export const taggedTable = ({ isThrottled: _before, ...table }: TableRecord, tags: Tags): TableRecord => ({
  ...table,
  tags,
  ...(asksForThrottling(tags) ? { isThrottled: true } : {}),
});

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Tagging.html, and the @ that tags have elsewhere. */
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

const isStackTag = (key: string): boolean => key.startsWith("aws:cloudformation:");

/** AWS: what a stack tags is not counted. */
const checkedCount = (tags: Tags): Tags => {
  if (tags.filter(({ key }) => !isStackTag(key)).length > MAX_TAGS)
    throw validationError("Number of Tags exceed the current limit for the provided ResourceArn");
  return tags;
};
