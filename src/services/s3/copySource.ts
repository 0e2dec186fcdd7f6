import type { ObjectChoice } from "./choice.ts";
import { unmodifiedBy } from "./conditions.ts";
import { invalidArgument, preconditionFailed } from "./errors.ts";
import type { ObjectRecord } from "./records.ts";

/** The object `x-amz-copy-source` names: `bucket/key?versionId=…`, percent-encoded, with or without a first slash. */
export const parseCopySource = (source: string): ObjectChoice => {
  const question = source.indexOf("?versionId=");
  // AWS: a plus is a space, as in a form.
  const path = decode((question < 0 ? source : source.slice(0, question)).replaceAll("+", " ")).replace(/^\//, "");
  const versionId = question < 0 ? undefined : source.slice(question + "?versionId=".length);
  const slash = path.indexOf("/");
  if (slash <= 0 || slash === path.length - 1) {
    throw invalidArgument("Invalid copy source object key", "x-amz-copy-source", "x-amz-copy-source");
  }
  return {
    Bucket: path.slice(0, slash),
    Key: path.slice(slash + 1),
    ...(versionId === undefined ? {} : { VersionId: versionId }),
  };
};

/** The conditions on the source of a copy. */
export interface CopyConditions {
  readonly CopySourceIfMatch?: string | undefined;
  readonly CopySourceIfNoneMatch?: string | undefined;
  readonly CopySourceIfModifiedSince?: Date | undefined;
  readonly CopySourceIfUnmodifiedSince?: Date | undefined;
}

/** Throws PreconditionFailed when the source is not as the copy wants it. */
export const checkCopyConditions = (source: ObjectRecord, conditions: CopyConditions, now: number): void => {
  const wanted = {
    IfMatch: conditions.CopySourceIfMatch,
    IfNoneMatch: conditions.CopySourceIfNoneMatch,
    IfModifiedSince: conditions.CopySourceIfModifiedSince,
    IfUnmodifiedSince: conditions.CopySourceIfUnmodifiedSince,
  };
  const unmodified = unmodifiedBy(source, wanted, now, PREFIX);
  if (unmodified) throw preconditionFailed(`${PREFIX}${unmodified}`);
};

const PREFIX = "x-amz-copy-source-";

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray percent sign: the text stands for itself.
    return text;
  }
};
