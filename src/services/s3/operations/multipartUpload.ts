import { principalArn } from "../../../kernel/principal.ts";
import { checkCopyable } from "../archive/archived.ts";
import { algorithmNamed, checksumFields, defaultChecksumType } from "../checksums.ts";
import { chosenObject } from "../choice.ts";
import { wholeSeconds } from "../conditions.ts";
import { readSegments, receiveBody } from "../content.ts";
import { checkCopyConditions, parseCopySource } from "../copySource.ts";
import { checkPartKey, checkSourceKey } from "../customerKeys.ts";
import { invalidArgument, invalidRequest } from "../errors.ts";
import { findBucket, writtenVersionId } from "../find.ts";
import { entityTag, headFrom } from "../heads.ts";
import { openDataKey } from "../kmsAccess.ts";
import { abortView } from "../lifecycle.ts";
import { MAX_PARTS } from "../limits.ts";
import { checkKey } from "../names.ts";
import { rangeOf } from "../ranges.ts";
import type { ObjectRecord, PartRecord, UploadRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { endUpload, findUpload, putPart } from "../uploads.ts";
import { encryptionView, quoted } from "../views.ts";

/** Random characters of an upload id. */
const UPLOAD_ID_LENGTH = 64;

export const createMultipartUpload =
  (room: Room): Operation<"CreateMultipartUpload"> =>
  async (ctx, input) => {
    const bucket = findBucket(room, input);
    checkKey(input.Key);
    const algorithm = input.ChecksumAlgorithm === undefined ? undefined : algorithmNamed(input.ChecksumAlgorithm);
    const type = algorithm && (input.ChecksumType ?? defaultChecksumType(algorithm));
    const upload: UploadRecord = {
      bucket: input.Bucket,
      key: input.Key,
      uploadId: room.ids.mixed(UPLOAD_ID_LENGTH),
      initiatedAt: room.clock.now(),
      initiator: principalArn(ctx.principal),
      head: await headFrom(room, ctx, bucket, input),
      ...(algorithm ? { checksumAlgorithm: algorithm } : {}),
      ...(type ? { checksumType: type } : {}),
    };
    room.uploads.put([upload.bucket, upload.key, upload.uploadId], upload);
    return {
      Bucket: upload.bucket,
      Key: upload.key,
      UploadId: upload.uploadId,
      ...abortView(room, upload),
      ...encryptionView(upload.head.encryption),
      ...(algorithm ? { ChecksumAlgorithm: algorithm } : {}),
      ...(type ? { ChecksumType: type } : {}),
    };
  };

export const uploadPart =
  (room: Room): Operation<"UploadPart"> =>
  async (_ctx, input) => {
    findBucket(room, input);
    checkPartNumber(input.PartNumber);
    const upload = findUpload(room, input);
    checkPartKey(upload.head, input);
    const part = await storePart(room, input, input, upload);
    return { ETag: quoted(part.etag), ...checksumFields(part.checksum), ...encryptionView(upload.head.encryption) };
  };

export const uploadPartCopy =
  (room: Room): Operation<"UploadPartCopy"> =>
  async (ctx, input) => {
    findBucket(room, input);
    checkPartNumber(input.PartNumber);
    const upload = findUpload(room, input);
    checkPartKey(upload.head, input);
    const choice = parseCopySource(input.CopySource);
    const sourceBucket = findBucket(room, {
      Bucket: choice.Bucket,
      ExpectedBucketOwner: input.ExpectedSourceBucketOwner,
    });
    const source = await chosenObject(room, ctx, choice);
    checkSourceKey(source, input);
    checkCopyConditions(source, input, room.clock.now());
    checkCopyable(source, room.clock.now());
    await openDataKey(room, ctx, sourceBucket, source);
    const Body = readSegments(room.blobs, source.segments, copiedRange(source, input.CopySourceRange));
    const part = await storePart(room, input, { Body }, upload);
    return {
      CopyPartResult: {
        ETag: quoted(part.etag),
        LastModified: new Date(wholeSeconds(part.modifiedAt)),
        ...checksumFields(part.checksum),
      },
      CopySourceVersionId: writtenVersionId(source).VersionId,
      ...encryptionView(upload.head.encryption),
    };
  };

export const abortMultipartUpload =
  (room: Room): Operation<"AbortMultipartUpload"> =>
  async (_ctx, input) => {
    findBucket(room, input);
    endUpload(room, findUpload(room, input));
    return {};
  };

const storePart = async (
  room: Room,
  choice: Parameters<typeof findUpload>[1] & { readonly PartNumber: number },
  claims: Parameters<typeof receiveBody>[1],
  upload: UploadRecord,
): Promise<PartRecord> => {
  const received = await receiveBody(room.blobs, claims, upload.checksumAlgorithm);
  try {
    // While the part came in, its upload may have been completed or aborted.
    findUpload(room, choice);
    const part: PartRecord = {
      partNumber: choice.PartNumber,
      blob: received.blob,
      etag: entityTag(room, upload.head.encryption, received.md5),
      modifiedAt: room.clock.now(),
      ...(received.checksum ? { checksum: received.checksum } : {}),
    };
    putPart(room, upload.uploadId, part);
    return part;
  } catch (error) {
    room.blobs.release(received.blob);
    throw error;
  }
};

const checkPartNumber = (partNumber: number): void => {
  if (Number.isInteger(partNumber) && partNumber >= 1 && partNumber <= MAX_PARTS) return;
  throw invalidArgument(
    `Part number must be an integer between 1 and ${MAX_PARTS}, inclusive`,
    "partNumber",
    String(partNumber),
  );
};

/** AWS: the range of a part's copy must lie within its source, both ends named. */
const copiedRange = ({ size }: ObjectRecord, range: string | undefined) => {
  if (range === undefined) return undefined;
  const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
  if (start === undefined || end === undefined || Number(start) > Number(end)) {
    throw invalidArgument(
      "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy",
      "x-amz-copy-source-range",
      range,
    );
  }
  if (Number(end) >= size) {
    if (Number(start) >= size) throw invalidRequest("The specified copy range is invalid for the source object size");
    throw invalidArgument(
      `Range specified is not valid for source object of size: ${size}`,
      "x-amz-copy-source-range",
      range,
    );
  }
  return rangeOf(range, size);
};
