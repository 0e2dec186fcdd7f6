import { createHash } from "node:crypto";
import { jsonText } from "./values/text.ts";
import { textOf, truthy, type Value } from "./values/value.ts";

const ID_HASH_LENGTH = 10;

const sha1 = (text: string): string => createHash("sha1").update(text, "utf8").digest("hex");

/** The hash part of a generated logical id: of the text itself, or of a value's compact JSON with sorted keys. */
export const hashOf = (data: Value, length = ID_HASH_LENGTH): string => {
  if (!truthy(data)) return "";
  const text = textOf(data) ?? jsonText(data, { sortKeys: true });
  return sha1(text).slice(0, length);
};

/** A logical id that changes if and only if the data does. */
export const hashedId = (prefix: string, data: Value, precomputedHash?: string): string =>
  prefix + (precomputedHash ? precomputedHash.slice(0, ID_HASH_LENGTH) : hashOf(data));

/** Letters and digits only, and at least one. */
export const isAlphanumeric = (text: string): boolean => /^[\p{L}\p{N}]+$/u.test(text);

/** The suffix itself where it may stand in a logical id, else its hash. */
export const suffixedId = (prefix: string, suffix: string): string =>
  isAlphanumeric(suffix) ? prefix + suffix : hashedId(prefix, suffix);

/** A stage's logical id: its API's and, where it may stand there, its own name. */
export const suffixedStageId = (apiId: string, stageName: string): string =>
  isAlphanumeric(stageName) ? `${apiId}${stageName}Stage` : hashedId(`${apiId}Stage`, stageName);
