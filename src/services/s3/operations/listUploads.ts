import { checksumFields } from "../checksums.ts";
import { wholeSeconds } from "../conditions.ts";
import { keyEncoding } from "../encoding.ts";
import { findBucket } from "../find.ts";
import { ownerView } from "../grants.ts";
import { abortView } from "../lifecycle.ts";
import { commonPrefixOf } from "../listing.ts";
import { ownerOf } from "../ownership.ts";
import type { UploadRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { findUpload } from "../uploads.ts";
import { quoted } from "../views.ts";
import { pageSize } from "./listObjects.ts";

export const listParts =
  (room: Pick<Room, "buckets" | "uploads" | "parts" | "configurations">): Operation<"ListParts"> =>
  async (_ctx, input) => {
    const bucket = findBucket(room, input);
    const upload = findUpload(room, input);
    const limit = pageSize(input.MaxParts);
    const after = Number(input.PartNumberMarker ?? 0);
    const range = room.parts.range({ prefix: [upload.uploadId], gt: [upload.uploadId, after], limit: limit + 1 });
    const found = Array.from(range, ({ value }) => value);
    const page = found.slice(0, limit);
    const isTruncated = found.length > limit;
    return {
      Bucket: input.Bucket,
      Key: input.Key,
      UploadId: input.UploadId,
      PartNumberMarker: String(after),
      NextPartNumberMarker: String(page.at(-1)?.partNumber ?? 0),
      MaxParts: limit,
      IsTruncated: isTruncated,
      Parts: page.map((part) => ({
        PartNumber: part.partNumber,
        LastModified: new Date(wholeSeconds(part.modifiedAt)),
        ETag: quoted(part.etag),
        Size: part.blob.size,
        // AWS: only an upload that was begun with an algorithm tells its parts' checksums.
        ...(upload.checksumAlgorithm ? checksumFields(part.checksum) : {}),
      })),
      Initiator: { ID: upload.initiator, DisplayName: upload.initiator },
      Owner: ownerView(ownerOf(bucket, upload.head)),
      StorageClass: upload.head.storageClass,
      ...checksumKind(upload),
      ...abortView(room, upload),
    };
  };

export const listMultipartUploads =
  (room: Pick<Room, "buckets" | "uploads">): Operation<"ListMultipartUploads"> =>
  async (_ctx, input) => {
    const bucket = findBucket(room, input);
    const encode = keyEncoding(input.EncodingType);
    const { Prefix = "", Delimiter, KeyMarker = "", UploadIdMarker = "" } = input;
    const limit = pageSize(input.MaxUploads);
    const { uploads, prefixes, last, isTruncated } = uploadsPage(
      room,
      { ...input, Prefix, KeyMarker, UploadIdMarker },
      limit,
    );
    return {
      Bucket: input.Bucket,
      KeyMarker: encode(KeyMarker),
      UploadIdMarker,
      ...(input.Prefix === undefined ? {} : { Prefix: encode(Prefix) }),
      ...(Delimiter ? { Delimiter: encode(Delimiter) } : {}),
      ...(input.EncodingType === undefined ? {} : { EncodingType: input.EncodingType }),
      MaxUploads: limit,
      IsTruncated: isTruncated,
      NextKeyMarker: encode(last?.key ?? ""),
      NextUploadIdMarker: last?.uploadId ?? "",
      Uploads: uploads.map((upload) => ({
        UploadId: upload.uploadId,
        Key: encode(upload.key),
        Initiated: new Date(wholeSeconds(upload.initiatedAt)),
        StorageClass: upload.head.storageClass,
        Owner: ownerView(ownerOf(bucket, upload.head)),
        Initiator: { ID: upload.initiator, DisplayName: upload.initiator },
        ...checksumKind(upload),
      })),
      CommonPrefixes: [...prefixes].map((prefix) => ({ Prefix: encode(prefix) })),
    };
  };

interface UploadQuery {
  readonly Bucket: string;
  readonly Prefix: string;
  readonly Delimiter?: string | undefined;
  readonly KeyMarker: string;
  readonly UploadIdMarker: string;
}

const uploadsPage = ({ uploads }: Pick<Room, "uploads">, query: UploadQuery, limit: number) => {
  const { Bucket, Prefix, Delimiter, KeyMarker, UploadIdMarker } = query;
  const page: UploadRecord[] = [];
  const prefixes = new Set<string>();
  // AWS: a page that ends with a common prefix names no marker.
  let last: Pick<UploadRecord, "key" | "uploadId"> | undefined;
  for (const { value } of uploads.range({ prefix: [Bucket], gte: [Bucket, KeyMarker] })) {
    // AWS: the marker's own uploads are passed over, or up to the upload the second marker names.
    if (value.key === KeyMarker && (UploadIdMarker === "" || value.uploadId <= UploadIdMarker)) continue;
    if (!value.key.startsWith(Prefix)) continue;
    const common = commonPrefixOf(value.key, Prefix, Delimiter);
    if (common !== undefined && (prefixes.has(common) || KeyMarker.startsWith(common))) continue;
    if (page.length + prefixes.size === limit) return { uploads: page, prefixes, last, isTruncated: true };
    if (common === undefined) page.push(value);
    else prefixes.add(common);
    last = common === undefined ? value : { key: "", uploadId: "" };
  }
  return { uploads: page, prefixes, last, isTruncated: false };
};

const checksumKind = ({ checksumAlgorithm, checksumType }: UploadRecord) => ({
  ...(checksumAlgorithm ? { ChecksumAlgorithm: checksumAlgorithm } : {}),
  ...(checksumType ? { ChecksumType: checksumType } : {}),
});
