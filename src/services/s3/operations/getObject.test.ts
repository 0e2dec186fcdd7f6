import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutBucketVersioningCommand,
} from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { BUCKET, s3Fixture } from "../s3Fixture.ts";

describe("GetObject", () => {
  it("answers parts of an object with 206", async () => {
    await using room = await s3Fixture();
    await room.put("k", "0123456789");
    const ranges = [
      ["bytes=0-3", "0123", "bytes 0-3/10"],
      ["bytes=7-", "789", "bytes 7-9/10"],
      ["bytes=-2", "89", "bytes 8-9/10"],
      ["bytes=5-100", "56789", "bytes 5-9/10"],
    ] as const;
    for (const [Range, bytes, ContentRange] of ranges) {
      const got = await room.s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: "k", Range }));
      expect(got).toMatchObject({ ContentRange, ContentLength: bytes.length, $metadata: { httpStatusCode: 206 } });
      expect(await got.Body!.transformToString()).toBe(bytes);
    }
    expect(await room.read("k", { Range: "bytes=0-1,3-4" })).toBe("0123456789");
    expect(await room.read("k", { Range: "bytes=5-2" })).toBe("0123456789");
    await expect(room.read("k", { Range: "bytes=10-" })).rejects.toMatchObject({
      name: "InvalidRange",
      ActualObjectSize: "10",
      $metadata: { httpStatusCode: 416 },
    });
    const part = await room.s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: "k", PartNumber: 1 }));
    expect(part).toMatchObject({ ContentLength: 10, $metadata: { httpStatusCode: 206 } });
    await expect(room.read("k", { PartNumber: 2 })).rejects.toMatchObject({ name: "InvalidPartNumber" });
  });

  it("answers under conditions", async () => {
    await using room = await s3Fixture();
    await room.put("k", "hello");
    const { ETag, LastModified } = await room.s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: "k" }));
    const get = (more: object) => room.read("k", more);
    const before = new Date(LastModified!.getTime() - 1000);
    expect(await get({ IfMatch: ETag })).toBe("hello");
    expect(await get({ IfModifiedSince: before })).toBe("hello");
    // AWS: entity tags that fit outweigh dates.
    expect(await get({ IfMatch: ETag, IfUnmodifiedSince: before })).toBe("hello");
    await expect(get({ IfMatch: '"x"' })).rejects.toMatchObject({
      name: "PreconditionFailed",
      $metadata: { httpStatusCode: 412 },
    });
    await expect(get({ IfUnmodifiedSince: before })).rejects.toMatchObject({ name: "PreconditionFailed" });
    await expect(get({ IfNoneMatch: ETag })).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
    const told = await get({ IfNoneMatch: ETag, ChecksumMode: "ENABLED" }).catch((error) => error.$response.headers);
    expect(told).toMatchObject({ etag: ETag });
    expect(Object.keys(told).filter((name) => name.startsWith("x-amz-checksum-"))).toEqual([]);
    await expect(get({ IfModifiedSince: LastModified })).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
  });

  it("tells the checksum when asked, in letters of any case", async () => {
    await using room = await s3Fixture();
    await room.put("k", "hello");
    const told = (ChecksumMode?: string) =>
      room.s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: "k", ChecksumMode: ChecksumMode as never }));
    expect(await told("enabled")).toHaveProperty("ChecksumCRC32");
    expect(await told()).not.toHaveProperty("ChecksumCRC32");
  });

  it("refuses what no header can carry", async () => {
    await using room = await s3Fixture();
    await room.put("k", "hello");
    await expect(room.read("k", { ResponseCacheControl: "a—b" })).rejects.toMatchObject({
      name: "InvalidArgument",
      message: "Header value cannot be represented using ISO-8859-1.",
      ArgumentName: "response-cache-control",
    });
  });

  it("lets the reader say how the answer is to be taken", async () => {
    await using room = await s3Fixture();
    await room.put("k", "hello");
    const got = await room.s3.send(
      new GetObjectCommand({
        Bucket: BUCKET,
        Key: "k",
        ResponseContentType: "text/html",
        ResponseContentDisposition: "attachment",
        ResponseCacheControl: "no-store",
      }),
    );
    expect(got).toMatchObject({ ContentType: "text/html", ContentDisposition: "attachment", CacheControl: "no-store" });
  });

  it("says what is missing", async () => {
    await using room = await s3Fixture();
    await expect(room.read("nothing")).rejects.toMatchObject({
      name: "NoSuchKey",
      message: "The specified key does not exist.",
      Key: "nothing",
    });
    await expect(room.read("k", { Bucket: "nowhere" })).rejects.toMatchObject({ name: "NoSuchBucket" });
    await expect(room.read("k", { ExpectedBucketOwner: "999999999999" })).rejects.toMatchObject({
      name: "AccessDenied",
    });
  });

  it("answers 405 to whom a delete marker is named, and 404 to others", async () => {
    await using room = await s3Fixture();
    const VersioningConfiguration = { Status: "Enabled" } as const;
    await room.s3.send(new PutBucketVersioningCommand({ Bucket: BUCKET, VersioningConfiguration }));
    await room.put("k");
    const { VersionId } = await room.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: "k" }));
    await expect(room.read("k")).rejects.toMatchObject({ name: "NoSuchKey" });
    await expect(room.read("k", { VersionId })).rejects.toMatchObject({
      name: "MethodNotAllowed",
      $metadata: { httpStatusCode: 405 },
    });
  });
});
