import { AwsError } from "../../kernel/errors.ts";

interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** Session tags by key, or undefined when none are passed. */
export const sessionTagsOf = (tags: readonly Tag[] | undefined): Readonly<Record<string, string>> | undefined => {
  if (!tags || tags.length === 0) return undefined;
  const keys = tags.map(({ Key = "" }) => Key.toLowerCase());
  if (new Set(keys).size < keys.length) {
    throw new AwsError(
      "InvalidParameterValue",
      "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
    );
  }
  return Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value]));
};
