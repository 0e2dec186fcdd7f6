import { AwsError } from "../../kernel/errors.ts";
import { invalidTag } from "./errors.ts";
import { MAX_OBJECT_TAGS, MAX_TAG_KEY_CHARACTERS, MAX_TAG_VALUE_CHARACTERS } from "./limits.ts";
import type { TagRecord } from "./records.ts";

interface TagInput {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** Tags of a request, checked. */
export const tagsFrom = (tags: readonly TagInput[], maximum: number): readonly TagRecord[] => {
  const records = tags.map(({ Key = "", Value = "" }) => ({ key: Key, value: Value }));
  if (records.length > maximum) {
    const what = maximum === MAX_OBJECT_TAGS ? "Object" : "Bucket";
    throw new AwsError("BadRequest", `${what} tag count cannot be greater than ${maximum}`, 400);
  }
  for (const tag of records) checkTag(tag);
  if (new Set(records.map(({ key }) => key)).size < records.length) {
    throw invalidTag("Cannot provide multiple Tags with the same key");
  }
  return records;
};

/** Tags as a header carries them: `stage=prod&team=a%20b`. */
export const tagsFromHeader = (header: string | undefined): readonly TagRecord[] => {
  if (header === undefined) return [];
  const tags = [...new URLSearchParams(header)].map(([Key, Value]) => ({ Key, Value }));
  return tagsFrom(tags, MAX_OBJECT_TAGS);
};

export const tagsView = (tags: readonly TagRecord[]) => tags.map(({ key, value }) => ({ Key: key, Value: value }));

const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

const checkTag = ({ key, value }: TagRecord): void => {
  if (key === "" || key.length > MAX_TAG_KEY_CHARACTERS || !ALLOWED.test(key)) {
    throw invalidTag("The TagKey you have provided is invalid", key);
  }
  if (key.toLowerCase().startsWith("aws:") && !key.startsWith("aws:cloudformation:")) {
    throw invalidTag("System tags cannot be added/updated by requester", key);
  }
  if (value.length > MAX_TAG_VALUE_CHARACTERS || !ALLOWED.test(value)) {
    throw invalidTag("The TagValue you have provided is invalid", key);
  }
};
