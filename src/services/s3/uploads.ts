import { noSuchUpload } from "./errors.ts";
import type { PartRecord, UploadRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** Which multipart upload a request means. */
export interface UploadChoice {
  readonly Bucket: string;
  readonly Key: string;
  readonly UploadId: string;
}

/** The upload of a request. Throws NoSuchUpload. */
export const findUpload = (
  { uploads }: Pick<Room, "uploads">,
  { Bucket, Key, UploadId }: UploadChoice,
): UploadRecord => {
  const upload = uploads.get([Bucket, Key, UploadId]);
  if (!upload) throw noSuchUpload(UploadId);
  return upload;
};

/** Puts a part in its place; one of the same number before it goes. The part brings its hold with it. */
export const putPart = (room: Pick<Room, "parts" | "blobs" | "atomically">, uploadId: string, part: PartRecord): void =>
  room.atomically(() => {
    const before = room.parts.get([uploadId, part.partNumber]);
    if (before) room.blobs.release(before.blob);
    room.parts.put([uploadId, part.partNumber], part);
  });

/** Ends an upload; the blobs of its parts are released, but those that its object keeps. */
export const endUpload = (
  room: Pick<Room, "uploads" | "parts" | "blobs" | "atomically">,
  { bucket, key, uploadId }: UploadRecord,
  kept: ReadonlySet<number> = new Set(),
): void =>
  room.atomically(() => {
    for (const { value } of room.parts.range({ prefix: [uploadId] })) {
      if (!kept.has(value.partNumber)) room.blobs.release(value.blob);
    }
    room.parts.clear({ prefix: [uploadId] });
    room.uploads.delete([bucket, key, uploadId]);
  });
