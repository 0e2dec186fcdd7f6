import type { Blob } from "../../../store/blobs.ts";
import { algorithmNamed, type ChecksumRecord, checksumView } from "../checksums.ts";
import { chosenObject } from "../choice.ts";
import { checkWriteConditions } from "../conditions.ts";
import { checksumOf } from "../content.ts";
import { checkCopyConditions, parseCopySource } from "../copySource.ts";
import { entityTooLarge, invalidArgument, invalidRequest } from "../errors.ts";
import { findBucket, shownVersionId } from "../find.ts";
import { contentHead, encryptionFrom, objectAclFrom, storageClassFrom } from "../heads.ts";
import { MAX_PUT_BYTES } from "../limits.ts";
import { checkKey } from "../names.ts";
import { announce } from "../notifications.ts";
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
    checkCopyConditions(source, input);
    if (source.size > MAX_PUT_BYTES) throw entityTooLarge(MAX_PUT_BYTES);
    refuseSame(source, input);
    const head = headOfCopy(room, bucket, ctx.account, source, input);
    const { etag, blob } = await bytesOfCopy(room, source);
    const object = await keep(room, input, blob, async () => ({
      kind: "object",
      bucket: input.Bucket,
      key: input.Key,
      size: blob.size,
      etag,
      segments: [{ ...blob, partNumber: 1 }],
      multipart: false,
      ...(await checksumOfCopy(room, source, blob, input)),
      ...head,
    }));
    announce(room, ctx, "ObjectCreated:Copy", object);
    return {
      CopyObjectResult: {
        ETag: quoted(object.etag),
        LastModified: new Date(object.modifiedAt),
        ...checksumView(object.checksum),
      },
      CopySourceVersionId: sourceBucket.versioning === undefined ? undefined : source.versionId,
      ...encryptionView(object.encryption),
      ...shownVersionId(bucket, object),
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
const bytesOfCopy = async ({ blobs }: Room, source: ObjectRecord): Promise<{ etag: string; blob: Blob }> => {
  const [only] = source.segments;
  if (only && !source.multipart) {
    const blob = { sha256: only.sha256, size: only.size };
    blobs.hold(blob);
    return { etag: source.etag, blob };
  }
  const { md5, sha256, size } = await blobs.concat(source.segments);
  return { etag: md5, blob: { sha256, size } };
};

/** AWS: a copy keeps its source's checksum, made anew where it was one of parts. */
const checksumOfCopy = async (
  { blobs }: Room,
  { checksum }: ObjectRecord,
  blob: Blob,
  { ChecksumAlgorithm }: CopyInput,
): Promise<{ checksum?: ChecksumRecord }> => {
  const algorithm = ChecksumAlgorithm === undefined ? checksum?.algorithm : algorithmNamed(ChecksumAlgorithm);
  if (algorithm === undefined) return {};
  if (checksum?.algorithm === algorithm && checksum.type === "FULL_OBJECT") return { checksum };
  return { checksum: { algorithm, value: await checksumOf(blobs, [blob], algorithm), type: "FULL_OBJECT" } };
};

/** The parts of a head that a copy takes along unless its directives say otherwise. The access list is never one of them. */
const headOfCopy = (
  room: Room,
  bucket: BucketRecord,
  account: string,
  source: ObjectRecord,
  input: CopyInput,
): ObjectHead => {
  const replaces = directive(input.MetadataDirective, "metadata") === "REPLACE";
  const content = replaces ? contentHead(input) : contentOf(source);
  const redirect = input.WebsiteRedirectLocation;
  return {
    ...content,
    storageClass: storageClassFrom(input.StorageClass),
    encryption: encryptionFrom(room, bucket, input),
    tags: directive(input.TaggingDirective, "tagging") === "REPLACE" ? tagsFromHeader(input.Tagging) : source.tags,
    acl: objectAclFrom(bucket, account, input),
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
const refuseSame = (source: ObjectRecord, input: CopyInput): void => {
  const isSame = source.bucket === input.Bucket && source.key === input.Key;
  const changes =
    input.MetadataDirective === "REPLACE" ||
    input.TaggingDirective === "REPLACE" ||
    input.StorageClass !== undefined ||
    input.ServerSideEncryption !== undefined ||
    input.WebsiteRedirectLocation !== undefined ||
    parseCopySource(input.CopySource).VersionId !== undefined;
  if (!isSame || changes) return;
  throw invalidRequest(
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
  );
};
