import type { Context } from "../../../kernel/context.ts";
import { encodeWord } from "../../../kernel/mailWords.ts";
import { httpStatus } from "../../../kernel/operation.ts";
import { checkReadable, restoreView } from "../archive/archived.ts";
import { chosenObject, type ObjectChoice } from "../choice.ts";
import { type ReadConditions, unmodifiedBy } from "../conditions.ts";
import { readSegments } from "../content.ts";
import { type CustomerKeyInput, checkCustomerKey } from "../customerKeys.ts";
import { invalidArgument, invalidRequest } from "../errors.ts";
import { findBucket } from "../find.ts";
import { openDataKey } from "../kmsAccess.ts";
import { expirationView } from "../lifecycle.ts";
import { type ByteRange, contentRange, partRange, rangeOf } from "../ranges.ts";
import type { BucketRecord, ObjectRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { objectView } from "../views.ts";

const PARTIAL_CONTENT = 206;
const NOT_MODIFIED = 304;

export const getObject =
  (room: Room): Operation<"GetObject"> =>
  async (ctx, input) => {
    const { bucket, object, unmodified } = await chosen(room, ctx, input);
    if (unmodified) return unmodified;
    const { range, ...shown } = shownOf(room, bucket, object, input);
    checkReadable(object, room.clock.now());
    await openDataKey(room, ctx, bucket, object);
    return { ...shown, Body: readSegments(room.blobs, object.segments, range) };
  };

export const headObject =
  (room: Room): Operation<"HeadObject"> =>
  async (ctx, input) => {
    const { bucket, object, unmodified } = await chosen(room, ctx, input);
    if (unmodified) return unmodified;
    const { range: _, ...shown } = shownOf(room, bucket, object, input);
    return shown;
  };

type Reading = ObjectChoice & ReadConditions & CustomerKeyInput & Selection & Overrides;

/** The object a request reads, and the answer for a reader who has it already. */
const chosen = async (room: Room, ctx: Context, input: Reading) => {
  checkOverrides(input);
  const bucket = findBucket(room, input);
  const object = await chosenObject(room, ctx, input);
  checkCustomerKey(object, input);
  if (!unmodifiedBy(object, input, room.clock.now())) return { bucket, object };
  // AWS: without a checksum; clients would hold an answer without a body against it.
  return { bucket, object, unmodified: { ...objectView(bucket, object, undefined), [httpStatus]: NOT_MODIFIED } };
};

/** What is answered beside the bytes, and which bytes. */
const shownOf = (room: Room, bucket: BucketRecord, object: ObjectRecord, input: Reading) => {
  const { range, ...selection } = selectionOf(object, input);
  return {
    range,
    ...objectView(bucket, object, shownChecksum(object, input, range)),
    ...ownExpiration(room, object, input),
    ...restoreView(object, room.clock.now()),
    ...selection,
    ...overridesOf(input),
  };
};

/** AWS: of a version that is asked for by its id, when it expires is not told. */
const ownExpiration = (room: Room, object: ObjectRecord, { VersionId }: { readonly VersionId?: string | undefined }) =>
  VersionId === undefined ? expirationView(room, object) : {};

interface Selection {
  readonly Range?: string | undefined;
  readonly PartNumber?: number | undefined;
  readonly ChecksumMode?: string | undefined;
}

/** Which bytes are answered, and how the answer says so. */
const selectionOf = (object: ObjectRecord, { Range, PartNumber }: Selection) => {
  if (Range !== undefined && PartNumber !== undefined) {
    throw invalidRequest("Cannot specify both Range header and partNumber query parameter");
  }
  const range = PartNumber === undefined ? rangeOf(Range, object.size) : partRange(object, PartNumber);
  const counted = PartNumber !== undefined && object.multipart ? { PartsCount: object.segments.length } : {};
  if (!range) return { range, ...counted, ContentLength: object.size };
  return {
    range,
    ...counted,
    ContentLength: range.end - range.start + 1,
    ContentRange: contentRange(range, object.size),
    [httpStatus]: PARTIAL_CONTENT,
  };
};

/** AWS: a checksum is told only when it is asked for, in letters of any case, and only of the whole object. */
const shownChecksum = (object: ObjectRecord, { ChecksumMode }: Selection, range: ByteRange | undefined) => {
  const isWhole = !range || (range.start === 0 && range.end === object.size - 1);
  return ChecksumMode?.toUpperCase() === "ENABLED" && isWhole ? object.checksum : undefined;
};

interface Overrides {
  readonly ResponseCacheControl?: string | undefined;
  readonly ResponseContentDisposition?: string | undefined;
  readonly ResponseContentEncoding?: string | undefined;
  readonly ResponseContentLanguage?: string | undefined;
  readonly ResponseContentType?: string | undefined;
  readonly ResponseExpires?: Date | undefined;
}

/** AWS: letters that no header can carry are refused. */
const checkOverrides = (input: Overrides): void => {
  const given = {
    "response-cache-control": input.ResponseCacheControl,
    "response-content-disposition": input.ResponseContentDisposition,
    "response-content-encoding": input.ResponseContentEncoding,
    "response-content-language": input.ResponseContentLanguage,
    "response-content-type": input.ResponseContentType,
  };
  for (const [name, value = ""] of Object.entries(given)) {
    if (/[^\t\x20-\x7e\x80-\xff]/.test(value))
      throw invalidArgument("Header value cannot be represented using ISO-8859-1.", name, value);
  }
};

const overridesOf = (input: Overrides) => ({
  ...(input.ResponseCacheControl === undefined ? {} : { CacheControl: input.ResponseCacheControl }),
  ...(input.ResponseContentDisposition === undefined
    ? {}
    : { ContentDisposition: encodeWord(input.ResponseContentDisposition) }),
  ...(input.ResponseContentEncoding === undefined ? {} : { ContentEncoding: input.ResponseContentEncoding }),
  ...(input.ResponseContentLanguage === undefined ? {} : { ContentLanguage: input.ResponseContentLanguage }),
  ...(input.ResponseContentType === undefined ? {} : { ContentType: input.ResponseContentType }),
  ...(input.ResponseExpires === undefined ? {} : { Expires: input.ResponseExpires }),
});
