import { refusal } from "./errors.ts";
import { MAX_TAGS } from "./limits.ts";

type Tags = Readonly<Record<string, string>>;

/** Throws for keys that are AWS's own, and for more tags than a repository may have. A stack's own come from CloudFormation. */
export const checkTags = (added: Tags, all: Tags = added): void => {
  if (Object.keys(added).some((key) => /^aws:(?!cloudformation:)/i.test(key))) throw refusal("InvalidSystemTagUsage");
  if (Object.keys(all).length > MAX_TAGS) throw refusal("TooManyTags");
};
