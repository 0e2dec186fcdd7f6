import { NotImplemented } from "../../kernel/errors.ts";
import { noSuchKey, preconditionFailed } from "./errors.ts";
import type { ObjectRecord, VersionRecord } from "./records.ts";

/** The conditions under which an object is read or copied. */
export interface ReadConditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly IfModifiedSince?: Date | undefined;
  readonly IfUnmodifiedSince?: Date | undefined;
}

/**
 * Whether the reader has the object already; throws PreconditionFailed when it wants another.
 * AWS follows RFC 7232: entity tags are looked at first, and dates only where no tag speaks of the same.
 */
export const isUnmodified = (
  object: Pick<ObjectRecord, "etag" | "modifiedAt">,
  conditions: ReadConditions,
): boolean => {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = conditions;
  if (IfMatch !== undefined) {
    if (!matches(object.etag, IfMatch)) throw preconditionFailed("If-Match");
  } else if (IfUnmodifiedSince && wholeSeconds(object.modifiedAt) > IfUnmodifiedSince.getTime()) {
    throw preconditionFailed("If-Unmodified-Since");
  }
  if (IfNoneMatch !== undefined) return matches(object.etag, IfNoneMatch);
  return IfModifiedSince !== undefined && wholeSeconds(object.modifiedAt) <= IfModifiedSince.getTime();
};

/** Throws when an object may not be written over what is there. */
export const checkWriteConditions = (
  key: string,
  current: VersionRecord | undefined,
  { IfMatch, IfNoneMatch }: Pick<ReadConditions, "IfMatch" | "IfNoneMatch">,
): void => {
  const object = current?.kind === "object" ? current : undefined;
  if (IfNoneMatch !== undefined) {
    if (IfNoneMatch !== "*") throw new NotImplemented("s3 writes with an If-None-Match other than *");
    if (object) throw preconditionFailed("If-None-Match");
  }
  if (IfMatch === undefined) return;
  if (!object) throw noSuchKey(key);
  if (!matches(object.etag, IfMatch)) throw preconditionFailed("If-Match");
};

const matches = (etag: string, condition: string): boolean =>
  condition.split(",").some((each) => each.trim() === "*" || unquoted(each) === etag);

/** An entity tag without its quotes. */
export const unquoted = (etag: string): string => etag.trim().replace(/^(?:W\/)?"?([^"]*)"?$/, "$1");

/** HTTP dates know no milliseconds. */
const wholeSeconds = (time: number): number => time - (time % 1000);
