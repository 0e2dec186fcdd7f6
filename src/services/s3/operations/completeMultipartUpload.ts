import { createHash } from "node:crypto";
import {
  type ChecksumFields,
  type ChecksumRecord,
  checkChecksum,
  checksumGiven,
  compositeChecksum,
  DEFAULT_ALGORITHM,
} from "../checksums.ts";
import { checkWriteConditions, checkWriteHeaders, unquoted } from "../conditions.ts";
import { checksumOf } from "../content.ts";
import {
  badChecksum,
  conditionalConflict,
  entityTooSmall,
  invalidPart,
  invalidPartOrder,
  invalidRequest,
} from "../errors.ts";
import { findBucket } from "../find.ts";
import { happened } from "../happened.ts";
import { expirationView } from "../lifecycle.ts";
import { MIN_PART_BYTES } from "../limits.ts";
import type { ObjectRecord, PartRecord, UploadRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { endUpload, findUpload, type UploadChoice } from "../uploads.ts";
import { addObject } from "../versions.ts";
import { writtenView } from "../views.ts";

export const completeMultipartUpload =
  (room: Room): Operation<"CompleteMultipartUpload"> =>
  async (ctx, input) => {
    findBucket(room, input);
    checkWriteHeaders(input);
    const done = completedBefore(room, input);
    if (done) return completedView(done);
    const upload = findUpload(room, input);
    const parts = chosenParts(room, upload, input.MultipartUpload?.Parts ?? []);
    const size = parts.reduce((sum, part) => sum + part.blob.size, 0);
    if (input.MpuObjectSize !== undefined && Number(input.MpuObjectSize) !== size) {
      throw invalidRequest(
        `The provided 'x-amz-mp-object-size' header value ${input.MpuObjectSize} does not match what was computed: ${size}`,
      );
    }
    const checksum = await checksumOfParts(room, upload, parts, input);
    const object = room.atomically(() => {
      // Checksums take their time: the upload must still be there, and the conditions hold now.
      const bucket = findBucket(room, input);
      const { disturbed } = findUpload(room, input);
      checkWriteConditions(input.Key, room.objects.get([input.Bucket, input.Key]), input);
      const condition = input.IfMatch === undefined ? input.IfNoneMatch && "If-None-Match" : "If-Match";
      if (disturbed && condition) throw conditionalConflict(input.Key, condition);
      const added = addObject(room, bucket, {
        kind: "object",
        bucket: upload.bucket,
        key: upload.key,
        size,
        etag: etagOf(parts),
        // The parts' blobs stay where they are, and their holds pass to the object.
        segments: parts.map(({ blob, partNumber, checksum: sum }) => ({
          sha256: blob.sha256,
          size: blob.size,
          partNumber,
          ...(sum ? { checksum: sum.value } : {}),
        })),
        multipart: true,
        uploadId: upload.uploadId,
        checksum,
        ...upload.head,
      });
      endUpload(room, upload, new Set(parts.map(({ partNumber }) => partNumber)));
      return added;
    });
    happened(room, ctx, "ObjectCreated:CompleteMultipartUpload", object);
    return { ...completedView(object), ...expirationView(room, object) };
  };

/** AWS: who does not hear the answer asks again, and is told the same as long as the object is there. */
const completedBefore = (
  { uploads, objects, olderVersions }: Room,
  { Bucket, Key, UploadId }: UploadChoice,
): ObjectRecord | undefined => {
  if (uploads.has([Bucket, Key, UploadId])) return undefined;
  const newest = objects.get([Bucket, Key]);
  if (newest?.kind === "object" && newest.uploadId === UploadId) return newest;
  for (const { value } of olderVersions.range({ prefix: [Bucket, Key] })) {
    if (value.kind === "object" && value.uploadId === UploadId) return value;
  }
  return undefined;
};

const completedView = (object: ObjectRecord) => ({
  Location: `http://${object.bucket}.s3.amazonaws.com/${encodeURIComponent(object.key)}`,
  Bucket: object.bucket,
  Key: object.key,
  ...writtenView(object),
});

interface NamedPart extends ChecksumFields {
  readonly PartNumber?: number | undefined;
  readonly ETag?: string | undefined;
}

/** The parts a request names, as they were uploaded. */
const chosenParts = (
  { parts }: Pick<Room, "parts">,
  { uploadId }: UploadRecord,
  named: readonly NamedPart[],
): readonly PartRecord[] => {
  if (named.length === 0) throw invalidRequest("You must specify at least one part");
  const chosen = named.map((name, index) => {
    const { PartNumber = 0, ETag = "" } = name;
    if (index > 0 && PartNumber <= (named[index - 1]?.PartNumber ?? 0)) throw invalidPartOrder(uploadId);
    const part = parts.get([uploadId, PartNumber]);
    const given = checksumGiven(name);
    const same = part && unquoted(ETag) === part.etag;
    const summed = !given || !part?.checksum || given.value === part.checksum.value;
    if (!same || !summed) throw invalidPart(uploadId, PartNumber, unquoted(ETag));
    return part;
  });
  for (const { blob, partNumber, etag } of chosen.slice(0, -1)) {
    if (blob.size < MIN_PART_BYTES) throw entityTooSmall(blob.size, MIN_PART_BYTES, partNumber, etag);
  }
  return chosen;
};

/** AWS: the MD5 of the parts' MD5s, with their number. */
const etagOf = (parts: readonly PartRecord[]): string => {
  const md5 = createHash("md5");
  for (const { etag } of parts) md5.update(Buffer.from(etag, "hex"));
  return `${md5.digest("hex")}-${parts.length}`;
};

const checksumOfParts = async (
  { blobs }: Pick<Room, "blobs">,
  { checksumAlgorithm: algorithm = DEFAULT_ALGORITHM, checksumType: type = "FULL_OBJECT" }: UploadRecord,
  parts: readonly PartRecord[],
  input: ChecksumFields & { readonly ChecksumType?: string | undefined },
): Promise<ChecksumRecord> => {
  if (input.ChecksumType !== undefined && input.ChecksumType !== type) {
    throw invalidRequest(
      `The upload was created using the ${type} checksum mode. The complete request must use the same checksum mode.`,
    );
  }
  const sums = parts.map(({ checksum }) => checksum?.value ?? "");
  const value =
    type === "COMPOSITE"
      ? await compositeChecksum(algorithm, sums)
      : await checksumOf(
          blobs,
          parts.map(({ blob }) => blob),
          algorithm,
        );
  const given = checksumGiven(input);
  if (given?.algorithm === algorithm && type === "FULL_OBJECT") checkChecksum(algorithm, given.value, value);
  // AWS: with or without the number of parts.
  if (given?.algorithm === algorithm && type === "COMPOSITE" && ![value, value.split("-")[0]].includes(given.value))
    throw badChecksum(algorithm);
  return { algorithm, value, type };
};
