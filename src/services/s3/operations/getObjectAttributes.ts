import { type ChecksumRecord, checksumFields, checksumView } from "../checksums.ts";
import { chosenObject } from "../choice.ts";
import { wholeSeconds } from "../conditions.ts";
import { checkCustomerKey } from "../customerKeys.ts";
import { findBucket, shownVersionId } from "../find.ts";
import type { ObjectRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { pageSize } from "./listObjects.ts";

export const getObjectAttributes =
  (room: Pick<Room, "buckets" | "objects" | "olderVersions">): Operation<"GetObjectAttributes"> =>
  async (ctx, input) => {
    const bucket = findBucket(room, input);
    const object = await chosenObject(room, ctx, input);
    checkCustomerKey(object, input);
    // The header is one text with commas.
    const wanted = new Set(input.ObjectAttributes.flatMap((each) => each.split(",").map((name) => name.trim())));
    return {
      LastModified: new Date(wholeSeconds(object.modifiedAt)),
      ...shownVersionId(bucket, object),
      ...(wanted.has("ETag") ? { ETag: object.etag } : {}),
      ...(wanted.has("Checksum") && object.checksum ? { Checksum: checksumView(withoutCount(object.checksum)) } : {}),
      ...(wanted.has("StorageClass") ? { StorageClass: object.storageClass } : {}),
      ...(wanted.has("ObjectSize") ? { ObjectSize: object.size } : {}),
      ...(wanted.has("ObjectParts") && object.multipart ? { ObjectParts: partsView(object, input) } : {}),
    };
  };

/** AWS: what a checksum of parts ends with, their number, is told beside it here. */
const withoutCount = (checksum: ChecksumRecord): ChecksumRecord => ({
  ...checksum,
  value: checksum.value.replace(/-\d+$/, ""),
});

interface PartsPage {
  readonly MaxParts?: number | undefined;
  readonly PartNumberMarker?: string | undefined;
}

const partsView = ({ segments, checksum }: ObjectRecord, { MaxParts, PartNumberMarker }: PartsPage) => {
  const after = Number(PartNumberMarker ?? 0);
  const limit = pageSize(MaxParts);
  const left = segments.filter(({ partNumber }) => partNumber > after);
  const page = left.slice(0, limit);
  // AWS: parts are told one by one only where the object's checksum is made of theirs.
  if (checksum?.type !== "COMPOSITE") return { TotalPartsCount: segments.length };
  const Parts = page.map((part) => ({
    PartNumber: part.partNumber,
    Size: part.size,
    ...(part.checksum === undefined ? {} : checksumFields({ algorithm: checksum.algorithm, value: part.checksum })),
  }));
  return {
    TotalPartsCount: segments.length,
    PartNumberMarker: String(after),
    NextPartNumberMarker: String(page.at(-1)?.partNumber ?? 0),
    MaxParts: limit,
    IsTruncated: left.length > page.length,
    Parts,
  };
};
