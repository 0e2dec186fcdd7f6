import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { MIN_PART_BYTES } from "../limits.ts";
import { BUCKET, type S3Fixture, s3Fixture } from "../s3Fixture.ts";

const PART = Buffer.alloc(MIN_PART_BYTES, "part one ");
const LAST = Buffer.from("the end");

const begin = async ({ s3 }: S3Fixture, more: object = {}) => {
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket: BUCKET, Key: "big", ...more }));
  return { Bucket: BUCKET, Key: "big", UploadId: UploadId! };
};

const md5 = (...parts: Uint8Array[]) => {
  const hash = createHash("md5");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

describe("a multipart upload", () => {
  it("makes one object of its parts", async () => {
    await using room = await s3Fixture();
    const upload = await begin(room, { ContentType: "text/plain", Metadata: { a: "b" }, ChecksumAlgorithm: "CRC32" });
    const one = await room.s3.send(new UploadPartCommand({ ...upload, PartNumber: 3, Body: PART }));
    const two = await room.s3.send(new UploadPartCommand({ ...upload, PartNumber: 7, Body: LAST }));
    await room.s3.send(new UploadPartCommand({ ...upload, PartNumber: 8, Body: "left out" }));
    const Parts: CompletedPart[] = [
      { PartNumber: 3, ETag: one.ETag, ChecksumCRC32: one.ChecksumCRC32 },
      { PartNumber: 7, ETag: two.ETag, ChecksumCRC32: two.ChecksumCRC32 },
    ];
    const done = await room.s3.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
    expect(done.ETag).toBe(`"${md5(md5(PART), md5(LAST)).toString("hex")}-2"`);
    expect(done.ChecksumType).toBe("COMPOSITE");
    expect(done.ChecksumCRC32).toMatch(/==-2$/);
    const whole = Buffer.concat([PART, LAST]);
    const got = await room.s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: "big" }));
    expect(got).toMatchObject({ ContentType: "text/plain", Metadata: { a: "b" }, ContentLength: whole.length });
    expect(Buffer.from(await got.Body!.transformToByteArray()).equals(whole)).toBe(true);
    const Range = `bytes=${PART.length - 3}-${PART.length + 2}`;
    expect(await room.read("big", { Range })).toBe(whole.subarray(-10, -4).toString());
    const part = await room.s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: "big", PartNumber: 2 }));
    expect(part).toMatchObject({ PartsCount: 2, ContentLength: LAST.length });
    const attributes = await room.s3.send(
      new GetObjectAttributesCommand({
        Bucket: BUCKET,
        Key: "big",
        ObjectAttributes: ["ObjectParts", "ObjectSize", "Checksum"],
      }),
    );
    expect(attributes).toMatchObject({
      ObjectSize: whole.length,
      ObjectParts: { TotalPartsCount: 2 },
      Checksum: { ChecksumType: "COMPOSITE" },
    });
    await expect(room.s3.send(new ListPartsCommand(upload))).rejects.toMatchObject({ name: "NoSuchUpload" });
  });

  it("checks a checksum of the whole object", async () => {
    await using room = await s3Fixture();
    const upload = await begin(room, { ChecksumAlgorithm: "CRC32", ChecksumType: "FULL_OBJECT" });
    const { ETag } = await room.s3.send(new UploadPartCommand({ ...upload, PartNumber: 1, Body: LAST }));
    const complete = (ChecksumCRC32: string) =>
      room.s3.send(
        new CompleteMultipartUploadCommand({
          ...upload,
          MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] },
          ChecksumCRC32,
          ChecksumType: "FULL_OBJECT",
        }),
      );
    await expect(complete("AAAAAA==")).rejects.toMatchObject({ name: "BadDigest" });
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(LAST));
    expect(await complete(sum.toString("base64"))).toMatchObject({ ChecksumType: "FULL_OBJECT" });
  });

  it("copies parts from objects", async () => {
    await using room = await s3Fixture();
    await room.put("source", "0123456789");
    const upload = await begin(room);
    const copy = (CopySourceRange?: string) =>
      room.s3.send(
        new UploadPartCopyCommand({ ...upload, PartNumber: 1, CopySource: `${BUCKET}/source`, CopySourceRange }),
      );
    await expect(copy("bytes=2-10")).rejects.toMatchObject({ name: "InvalidArgument" });
    await expect(copy("bytes=50-100")).rejects.toMatchObject({ name: "InvalidRequest" });
    const { CopyPartResult } = await copy("bytes=2-4");
    const Parts = [{ PartNumber: 1, ETag: CopyPartResult!.ETag! }];
    await room.s3.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
    expect(await room.read("big")).toBe("234");
  });

  it("refuses parts that do not fit", async () => {
    await using room = await s3Fixture();
    const upload = await begin(room);
    const { ETag } = await room.s3.send(new UploadPartCommand({ ...upload, PartNumber: 1, Body: "small" }));
    const last = await room.s3.send(new UploadPartCommand({ ...upload, PartNumber: 2, Body: LAST }));
    const complete = (...Parts: { PartNumber: number; ETag: string | undefined }[]) =>
      room.s3.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
    await expect(complete({ PartNumber: 1, ETag }, { PartNumber: 2, ETag: last.ETag })).rejects.toMatchObject({
      name: "EntityTooSmall",
    });
    await expect(complete({ PartNumber: 2, ETag: last.ETag }, { PartNumber: 1, ETag })).rejects.toMatchObject({
      name: "InvalidPartOrder",
    });
    await expect(complete({ PartNumber: 1, ETag: '"x"' })).rejects.toMatchObject({ name: "InvalidPart" });
    await expect(complete()).rejects.toMatchObject({ name: "InvalidRequest" });
    await expect(
      room.s3.send(new UploadPartCommand({ ...upload, PartNumber: 10_001, Body: "x" })),
    ).rejects.toMatchObject({ name: "InvalidArgument" });
    await expect(
      room.s3.send(new UploadPartCommand({ ...upload, UploadId: "none", PartNumber: 1, Body: "x" })),
    ).rejects.toMatchObject({ name: "NoSuchUpload" });
  });

  it("is listed with its parts until it ends", async () => {
    await using room = await s3Fixture();
    const upload = await begin(room);
    const other = await begin(room, { Key: "folder/big" });
    for (const PartNumber of [1, 2, 3]) await room.s3.send(new UploadPartCommand({ ...upload, PartNumber, Body: "x" }));
    const parts = await room.s3.send(new ListPartsCommand({ ...upload, MaxParts: 2 }));
    expect(parts).toMatchObject({ IsTruncated: true, NextPartNumberMarker: "2", StorageClass: "STANDARD" });
    expect(parts.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
      [1, 1],
      [2, 1],
    ]);
    const list = (more: object = {}) => room.s3.send(new ListMultipartUploadsCommand({ Bucket: BUCKET, ...more }));
    expect((await list()).Uploads?.map(({ UploadId }) => UploadId)).toEqual([upload.UploadId, other.UploadId]);
    expect(await list({ Delimiter: "/" })).toMatchObject({ CommonPrefixes: [{ Prefix: "folder/" }] });
    expect(await list({ MaxUploads: 1 })).toMatchObject({ IsTruncated: true, NextKeyMarker: "big" });
    for (const each of [upload, { ...other, Key: "folder/big" }])
      await room.s3.send(new AbortMultipartUploadCommand(each));
    expect((await list()).Uploads).toBeUndefined();
  });

  it("goes with its bucket", async () => {
    await using room = await s3Fixture();
    const upload = await begin(room);
    await room.s3.send(new UploadPartCommand({ ...upload, PartNumber: 1, Body: "x" }));
    await room.s3.send(new DeleteBucketCommand({ Bucket: BUCKET }));
    await room.s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
    expect((await room.s3.send(new ListMultipartUploadsCommand({ Bucket: BUCKET }))).Uploads).toBeUndefined();
    await expect(room.s3.send(new UploadPartCommand({ ...upload, PartNumber: 2, Body: "x" }))).rejects.toMatchObject({
      name: "NoSuchUpload",
    });
  });
});
