import { invalid, tooManyTags } from "./errors.ts";
import { MAX_TAGS } from "./limits.ts";

interface Tag {
  readonly key?: string | undefined;
  readonly value?: string | undefined;
}

type Tags = Readonly<Record<string, string>>;

/** Tags with further ones. Throws when they become too many. */
export const withTags = (before: Tags, added: readonly Tag[] = [], arn: string): Tags => {
  const reserved = added.find(({ key = "" }) => key.startsWith("aws:") && !key.startsWith("aws:cloudformation:"));
  if (reserved) throw invalid("User-specified tag keys may not start with 'aws:'");
  const tags = { ...before, ...Object.fromEntries(added.map(({ key = "", value = "" }) => [key, value])) };
  if (Object.keys(tags).filter((key) => !key.startsWith("aws:")).length > MAX_TAGS) throw tooManyTags(arn);
  return tags;
};

export const tagsView = (tags: Tags) => Object.entries(tags).map(([key, value]) => ({ key, value }));
