import { AwsError } from "../../kernel/errors.ts";
import { invalidArgument, invalidTag } from "./errors.ts";
import { MAX_OBJECT_TAGS, MAX_TAG_KEY_CHARACTERS, MAX_TAG_VALUE_CHARACTERS } from "./limits.ts";
import type { TagRecord } from "./records.ts";

interface TagInput {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** Tags of a request, checked. */
export const tagsFrom = (given: readonly TagInput[] | undefined, maximum: number): readonly TagRecord[] => {
  const tags = given ?? [];
  const records = tags.map(({ Key = "", Value = "" }) => ({ key: Key, value: Value }));
  if (records.length > maximum) {
    const what = maximum === MAX_OBJECT_TAGS ? "Object" : "Bucket";
    throw new AwsError("BadRequest", `${what} tag count cannot be greater than ${maximum}`, 400);
  }
  for (const tag of records) checkTag(tag, RESERVED[maximum === MAX_OBJECT_TAGS ? "object" : "bucket"]);
  const seen = new Set<string>();
  for (const { key } of records) {
    if (seen.has(key)) throw invalidTag("Cannot provide multiple Tags with the same key", key);
    seen.add(key);
  }
  return records;
};

/** Tags as a header carries them: `stage=prod&team=a%20b`. */
export const tagsFromHeader = (header: string | undefined): readonly TagRecord[] => {
  if (header === undefined) return [];
  const tags = [...new URLSearchParams(header)].map(([Key, Value]) => ({ Key, Value }));
  const names = new Set(tags.map(({ Key }) => Key));
  if (names.size < tags.length || header.split("&").some((part) => part.split("=").length > 2)) {
    throw invalidArgument(
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
      "x-amz-tagging",
      header,
    );
  }
  return tagsFrom(tags, MAX_OBJECT_TAGS);
};

export const tagsView = (tags: readonly TagRecord[]) => tags.map(({ key, value }) => ({ Key: key, Value: value }));

const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

const RESERVED = {
  object: "Your TagKey cannot be prefixed with aws:",
  bucket: "System tags cannot be added/updated by requester",
};

const checkTag = ({ key, value }: TagRecord, reserved: string): void => {
  if (key === "" || key.length > MAX_TAG_KEY_CHARACTERS || !ALLOWED.test(key)) {
    throw invalidTag("The TagKey you have provided is invalid", key);
  }
  if (key.toLowerCase().startsWith("aws:") && !key.startsWith("aws:cloudformation:")) {
    throw invalidTag(reserved, key);
  }
  if (value.length > MAX_TAG_VALUE_CHARACTERS || !ALLOWED.test(value)) {
    throw invalidTag("The TagValue you have provided is invalid", key, value);
  }
};
