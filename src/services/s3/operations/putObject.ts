import { DEFAULT_ALGORITHM } from "../checksums.ts";
import { checkWriteConditions, checkWriteHeaders } from "../conditions.ts";
import { receiveBody } from "../content.ts";
import { findBucket } from "../find.ts";
import { happened } from "../happened.ts";
import { entityTag, headFrom } from "../heads.ts";
import { expirationView } from "../lifecycle.ts";
import { checkKey } from "../names.ts";
import { fromForm } from "../post/fromForm.ts";
import type { ObjectRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { addObject } from "../versions.ts";
import { writtenView } from "../views.ts";

export const putObject =
  (room: Room): Operation<"PutObject"> =>
  async (ctx, input) => {
    const bucket = findBucket(room, input);
    checkKey(input.Key);
    checkWriteHeaders(input);
    const head = await headFrom(room, ctx, bucket, input);
    const received = await receiveBody(room.blobs, input, DEFAULT_ALGORITHM);
    let object: ObjectRecord;
    try {
      // While the body came in, the bucket may have gone and the key may have been written.
      const now = findBucket(room, input);
      checkWriteConditions(input.Key, room.objects.get([input.Bucket, input.Key]), input);
      object = addObject(room, now, {
        kind: "object",
        bucket: input.Bucket,
        key: input.Key,
        size: received.blob.size,
        etag: entityTag(room, head.encryption, received.md5),
        segments: [{ ...received.blob, partNumber: 1 }],
        multipart: false,
        ...(received.checksum ? { checksum: received.checksum } : {}),
        ...head,
      });
    } catch (error) {
      room.blobs.release(received.blob);
      throw error;
    }
    happened(room, ctx, fromForm in input ? "ObjectCreated:Post" : "ObjectCreated:Put", object);
    return { ...writtenView(object), ...expirationView(room, object) };
  };
