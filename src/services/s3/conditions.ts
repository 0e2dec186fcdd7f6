import { noSuchKey, preconditionFailed, unknownCondition } from "./errors.ts";
import type { ObjectRecord, VersionRecord } from "./records.ts";

/** The conditions under which an object is read or copied. */
export interface ReadConditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly IfModifiedSince?: Date | undefined;
  readonly IfUnmodifiedSince?: Date | undefined;
}

/**
 * The condition by which the reader has the object already; throws PreconditionFailed when it wants another.
 * AWS follows RFC 7232: entity tags are looked at first, and dates only where no tag speaks of the same. A date that is
 * still to come says nothing.
 */
export const unmodifiedBy = (
  object: Pick<ObjectRecord, "etag" | "modifiedAt">,
  conditions: ReadConditions,
  now: number,
  prefix = "",
): "If-None-Match" | "If-Modified-Since" | undefined => {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = conditions;
  const modifiedAt = wholeSeconds(object.modifiedAt);
  if (IfMatch !== undefined) {
    if (!matches(object.etag, IfMatch)) throw preconditionFailed(`${prefix}If-Match`);
  } else if (IfUnmodifiedSince && modifiedAt > IfUnmodifiedSince.getTime()) {
    throw preconditionFailed(`${prefix}If-Unmodified-Since`);
  }
  if (IfNoneMatch !== undefined) return matches(object.etag, IfNoneMatch) ? "If-None-Match" : undefined;
  if (IfModifiedSince === undefined || IfModifiedSince.getTime() > now) return undefined;
  return modifiedAt <= IfModifiedSince.getTime() ? "If-Modified-Since" : undefined;
};

/** Refuses conditions of a write that S3 does not know. */
export const checkWriteHeaders = ({ IfMatch, IfNoneMatch }: WriteConditions): void => {
  if (IfMatch !== undefined && IfNoneMatch !== undefined) {
    throw unknownCondition("If-Match,If-None-Match", "Multiple conditional request headers present in the request");
  }
  if (IfNoneMatch !== undefined && IfNoneMatch !== "*")
    throw unknownCondition("If-None-Match", notAccepted("If-None-Match"));
  if (IfMatch === "*") throw unknownCondition("If-Match", notAccepted("If-Match"));
};

const notAccepted = (header: string) => `We don't accept the provided value of ${header} header for this API`;

type WriteConditions = Pick<ReadConditions, "IfMatch" | "IfNoneMatch">;

/** Throws when an object may not be written over what is there. */
export const checkWriteConditions = (
  key: string,
  current: VersionRecord | undefined,
  { IfMatch, IfNoneMatch }: WriteConditions,
): void => {
  const object = current?.kind === "object" ? current : undefined;
  if (IfNoneMatch !== undefined && object) throw preconditionFailed("If-None-Match");
  if (IfMatch === undefined) return;
  if (!object) throw noSuchKey(key);
  if (!matches(object.etag, IfMatch)) throw preconditionFailed("If-Match");
};

const matches = (etag: string, condition: string): boolean =>
  condition.split(",").some((each) => each.trim() === "*" || unquoted(each) === etag);

/** An entity tag without its quotes. */
export const unquoted = (etag: string): string => etag.trim().replace(/^(?:W\/)?"?([^"]*)"?$/, "$1");

/** A time as S3 tells and compares it: neither its headers nor its documents know milliseconds. */
export const wholeSeconds = (time: number): number => time - (time % 1000);
