import type { Context } from "../../../kernel/context.ts";
import type { Blob } from "../../../store/blobs.ts";
import { checkCopyable } from "../archive/archived.ts";
import { algorithmNamed, type ChecksumRecord, checksumView, DEFAULT_ALGORITHM } from "../checksums.ts";
import { chosenObject } from "../choice.ts";
import { checkWriteConditions, checkWriteHeaders, wholeSeconds } from "../conditions.ts";
import { checksumOf } from "../content.ts";
import { checkCopyConditions, parseCopySource } from "../copySource.ts";
import { checkSourceKey } from "../customerKeys.ts";
import { entityTooLarge, invalidArgument, invalidRequest } from "../errors.ts";
import { findBucket, shownVersionId, writtenVersionId } from "../find.ts";
import { happened } from "../happened.ts";
import { contentHead, entityTag, newEncryption, ownedHead, storageClassFrom, tellsMd5 } from "../heads.ts";
import { openDataKey } from "../kmsAccess.ts";
import { expirationView } from "../lifecycle.ts";
import { MAX_PUT_BYTES } from "../limits.ts";
import { checkKey } from "../names.ts";
import { locksFrom } from "../objectLock.ts";
import type { BucketRecord, ObjectHead, ObjectRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { tagsFromHeader } from "../tags.ts";
import { addObject } from "../versions.ts";
import { encryptionView, quoted } from "../views.ts";

type CopyInput = Parameters<Operation<"CopyObject">>[1];

export const copyObject =
  (room: Room): Operation<"CopyObject"> =>
  async (ctx, input) => {
    const bucket = findBucket(room, input);
    checkKey(input.Key);
    const choice = parseCopySource(input.CopySource);
    const sourceBucket = findBucket(room, {
      Bucket: choice.Bucket,
      ExpectedBucketOwner: input.ExpectedSourceBucketOwner,
    });
    const source = await chosenObject(room, ctx, choice);
    checkSourceKey(source, input);
    checkWriteHeaders(input);
    checkCopyConditions(source, input, room.clock.now());
    checkCopyable(source, room.clock.now());
    if (source.size > MAX_PUT_BYTES) throw entityTooLarge(MAX_PUT_BYTES);
    refuseSame(room, source, input);
    await openDataKey(room, ctx, sourceBucket, source);
    const head = await headOfCopy(room, ctx, bucket, source, input);
    const { md5, blob } = await bytesOfCopy(room, source);
    const object = await keep(room, input, blob, async () => ({
      kind: "object",
      bucket: input.Bucket,
      key: input.Key,
      size: blob.size,
      etag: entityTag(room, head.encryption, md5),
      segments: [{ ...blob, partNumber: 1 }],
      multipart: false,
      ...(await checksumOfCopy(room, source, blob, input)),
      ...head,
    }));
    happened(room, ctx, "ObjectCreated:Copy", object);
    return {
      CopyObjectResult: {
        ETag: quoted(object.etag),
        LastModified: new Date(wholeSeconds(object.modifiedAt)),
        ...checksumView(object.checksum),
      },
      CopySourceVersionId: writtenVersionId(source).VersionId,
      ...encryptionView(object.encryption),
      // AWS: of a copy the null version is told, too, where there may be others.
      ...shownVersionId(bucket, object),
      ...expirationView(room, object),
    };
  };

type Made = Parameters<typeof addObject>[2];

const keep = async (room: Room, input: CopyInput, blob: Blob, make: () => Promise<Made>): Promise<ObjectRecord> => {
  try {
    const made = await make();
    const bucket = findBucket(room, input);
    checkWriteConditions(input.Key, room.objects.get([input.Bucket, input.Key]), input);
    return addObject(room, bucket, made);
  } catch (error) {
    room.blobs.release(blob);
    throw error;
  }
};

/** The bytes as one blob, held once more. AWS: a copy has the entity tag of an object uploaded whole. */
const bytesOfCopy = async ({ blobs }: Room, source: ObjectRecord): Promise<{ md5: string; blob: Blob }> => {
  const [only] = source.segments;
  if (only && !source.multipart && tellsMd5(source.encryption)) {
    const blob = { sha256: only.sha256, size: only.size };
    blobs.hold(blob);
    return { md5: source.etag, blob };
  }
  const { md5, sha256, size } = await blobs.concat(source.segments);
  return { md5, blob: { sha256, size } };
};

/** AWS: a copy keeps its source's checksum, made anew where it was one of parts. */
const checksumOfCopy = async (
  { blobs }: Room,
  { checksum }: ObjectRecord,
  blob: Blob,
  { ChecksumAlgorithm }: CopyInput,
): Promise<{ checksum: ChecksumRecord }> => {
  const kept = checksum?.algorithm ?? DEFAULT_ALGORITHM;
  const algorithm = ChecksumAlgorithm === undefined ? kept : algorithmNamed(ChecksumAlgorithm);
  if (checksum && checksum.algorithm === algorithm && checksum.type === "FULL_OBJECT") return { checksum };
  return { checksum: { algorithm, value: await checksumOf(blobs, [blob], algorithm), type: "FULL_OBJECT" } };
};

/** The parts of a head that a copy takes along unless its directives say otherwise. The access list is never one of them. */
const headOfCopy = async (
  room: Room,
  ctx: Context,
  bucket: BucketRecord,
  source: ObjectRecord,
  input: CopyInput,
): Promise<ObjectHead> => {
  const replaces = directive(input.MetadataDirective, "metadata") === "REPLACE";
  const content = replaces ? contentHead(input) : contentOf(source);
  const redirect = input.WebsiteRedirectLocation;
  return {
    ...content,
    storageClass: storageClassFrom(input.StorageClass),
    tags: directive(input.TaggingDirective, "tagging") === "REPLACE" ? tagsFromHeader(input.Tagging) : source.tags,
    ...ownedHead(bucket, ctx, input),
    ...locksFrom(bucket, input, room.clock.now()),
    encryption: await newEncryption(room, ctx, bucket, input),
    ...(redirect === undefined ? {} : { websiteRedirect: redirect }),
  };
};

const contentOf = (source: ObjectRecord): ReturnType<typeof contentHead> => {
  const { contentType, metadata, cacheControl, contentDisposition, contentEncoding, contentLanguage, expires } = source;
  return {
    contentType,
    metadata,
    ...(cacheControl === undefined ? {} : { cacheControl }),
    ...(contentDisposition === undefined ? {} : { contentDisposition }),
    ...(contentEncoding === undefined ? {} : { contentEncoding }),
    ...(contentLanguage === undefined ? {} : { contentLanguage }),
    ...(expires === undefined ? {} : { expires }),
  };
};

const directive = (value: string | undefined, what: string): "COPY" | "REPLACE" => {
  if (value === undefined || value === "COPY") return "COPY";
  if (value === "REPLACE") return value;
  throw unknownDirective(what, value);
};

const unknownDirective = (what: string, value: string) =>
  invalidArgument(`Unknown ${what} directive.`, `x-amz-${what}-directive`, value);

/** AWS: an object is not copied onto itself unless something about it changes. */
const refuseSame = ({ configurations }: Room, source: ObjectRecord, input: CopyInput): void => {
  const isSame = source.bucket === input.Bucket && source.key === input.Key;
  // AWS: what lies under another key, or in a bucket that says how its objects lie, is encrypted anew.
  const isAnew = source.encryption.algorithm !== "AES256" || configurations.encryption.has(source.bucket);
  const changes =
    input.MetadataDirective === "REPLACE" ||
    input.TaggingDirective === "REPLACE" ||
    input.StorageClass !== undefined ||
    input.ServerSideEncryption !== undefined ||
    input.SSECustomerAlgorithm !== undefined ||
    input.WebsiteRedirectLocation !== undefined ||
    parseCopySource(input.CopySource).VersionId !== undefined;
  if (!isSame || changes || isAnew) return;
  throw invalidRequest(
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
  );
};
