import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { GetObjectCommand, HeadObjectCommand, PutBucketVersioningCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { s3Fixture } from "../s3Fixture.ts";

const md5 = (text: string) => createHash("md5").update(text).digest("hex");

describe("PutObject", () => {
  it("keeps the bytes and what is said of them", async () => {
    await using room = await s3Fixture();
    const { s3 } = room;
    const put = await s3.send(
      new PutObjectCommand({
        Bucket: "my-bucket",
        Key: "a/b c+é.txt",
        Body: "hello",
        ContentType: "text/plain",
        CacheControl: "no-cache",
        Metadata: { Owner: "me", Spoken: "=?UTF-8?B?YWJj?=", Written: "=?UTF-8?B?Wm/Dqw==?=" },
        Tagging: "stage=prod&team=a%20b",
        Expires: new Date("2026-05-01T00:00:00Z"),
      }),
    );
    expect(put).toMatchObject({
      ETag: `"${md5("hello")}"`,
      ChecksumCRC32: "NhCmhg==",
      ChecksumType: "FULL_OBJECT",
      ServerSideEncryption: "AES256",
    });
    expect(put.VersionId).toBeUndefined();
    const got = await s3.send(new GetObjectCommand({ Bucket: "my-bucket", Key: "a/b c+é.txt" }));
    expect(await got.Body!.transformToString()).toBe("hello");
    expect(got).toMatchObject({
      AcceptRanges: "bytes",
      ContentLength: 5,
      ContentType: "text/plain",
      CacheControl: "no-cache",
      // AWS: what comes in the mail-safe form is kept for what it says, and goes in that form where it must.
      Metadata: { owner: "me", spoken: "abc", written: "=?UTF-8?Q?Zo=C3=AB?=" },
      TagCount: 2,
      LastModified: new Date(room.cloud.clock.now()),
      ChecksumCRC32: "NhCmhg==",
    });
    expect(got.$metadata.httpStatusCode).toBe(200);
  });

  it("takes a stream of unknown checksum, in chunks", async () => {
    await using room = await s3Fixture();
    const chunks = Array.from({ length: 40 }, (_, n) => Buffer.alloc(10_000, n));
    const whole = Buffer.concat(chunks);
    await room.s3.send(
      new PutObjectCommand({ Bucket: "my-bucket", Key: "k", Body: Readable.from(chunks), ContentLength: whole.length }),
    );
    const got = await room.s3.send(new GetObjectCommand({ Bucket: "my-bucket", Key: "k" }));
    expect(Buffer.from(await got.Body!.transformToByteArray()).equals(whole)).toBe(true);
  });

  it("refuses what is not what its sender said", async () => {
    await using room = await s3Fixture();
    const put = (more: object) =>
      room.s3.send(new PutObjectCommand({ Bucket: "my-bucket", Key: "k", Body: "hello", ...more }));
    await expect(put({ ContentMD5: "1B2M2Y8AsgTpgAmY7PhCfg==" })).rejects.toMatchObject({ name: "BadDigest" });
    await expect(put({ ContentMD5: "nonsense" })).rejects.toMatchObject({ name: "InvalidDigest" });
    await expect(put({ ChecksumCRC32: "AAAAAA==" })).rejects.toMatchObject({
      name: "BadDigest",
      message: "The CRC32 you specified did not match the calculated checksum.",
    });
    await expect(put({ ChecksumSHA256: "AAAAAA==" })).rejects.toMatchObject({ name: "InvalidRequest" });
    await expect(put({ StorageClass: "CHEAP" })).rejects.toMatchObject({ name: "InvalidStorageClass" });
    await expect(put({ Key: "k".repeat(1025) })).rejects.toMatchObject({ name: "KeyTooLongError", Size: "1025" });
    await expect(put({ Metadata: { a: "b".repeat(3000) } })).rejects.toMatchObject({ name: "MetadataTooLarge" });
    await expect(put({ ACL: "public-read" })).rejects.toMatchObject({ name: "AccessControlListNotSupported" });
    await expect(put({ Bucket: "other" })).rejects.toMatchObject({ name: "NoSuchBucket", BucketName: "other" });
    await expect(room.s3.send(new HeadObjectCommand({ Bucket: "my-bucket", Key: "k" }))).rejects.toMatchObject({
      name: "NotFound",
    });
  });

  it("writes only under the conditions it is given", async () => {
    await using room = await s3Fixture();
    const put = (more: object) =>
      room.s3.send(new PutObjectCommand({ Bucket: "my-bucket", Key: "k", Body: "one", ...more }));
    await expect(put({ IfMatch: '"x"' })).rejects.toMatchObject({ name: "NoSuchKey" });
    await put({ IfNoneMatch: "*" });
    await expect(put({ IfNoneMatch: "*" })).rejects.toMatchObject({
      name: "PreconditionFailed",
      Condition: "If-None-Match",
    });
    await expect(put({ IfMatch: '"x"' })).rejects.toMatchObject({ name: "PreconditionFailed" });
    await put({ IfMatch: `"${md5("one")}"`, Body: "two" });
  });

  it("tells the digest that it was given in hex, and the one it found in base64", async () => {
    await using room = await s3Fixture();
    const ContentMD5 = Buffer.from(md5("another"), "hex").toString("base64");
    await expect(room.put("k", "text", { ContentMD5 })).rejects.toMatchObject({
      name: "BadDigest",
      ExpectedDigest: md5("another"),
      CalculatedDigest: Buffer.from(md5("text"), "hex").toString("base64"),
    });
  });

  it("gives versions ids where the bucket is versioned", async () => {
    await using room = await s3Fixture();
    const put = (Body: string) => room.s3.send(new PutObjectCommand({ Bucket: "my-bucket", Key: "k", Body }));
    const versioning = (Status: "Enabled" | "Suspended") =>
      room.s3.send(new PutBucketVersioningCommand({ Bucket: "my-bucket", VersioningConfiguration: { Status } }));
    const read = async (VersionId?: string) => {
      const got = await room.s3.send(new GetObjectCommand({ Bucket: "my-bucket", Key: "k", VersionId }));
      return got.Body!.transformToString();
    };
    await put("zero");
    await versioning("Enabled");
    const one = await put("one");
    const two = await put("two");
    expect(one.VersionId).toMatch(/^\w{32}$/);
    expect(await read()).toBe("two");
    expect(await read(one.VersionId)).toBe("one");
    expect(await read(two.VersionId)).toBe("two");
    expect(await read("null")).toBe("zero");
    await versioning("Suspended");
    expect((await put("three")).VersionId).toBeUndefined();
    expect(await read("null")).toBe("three");
    expect(await read(one.VersionId)).toBe("one");
    await expect(read("nonsense")).rejects.toMatchObject({ name: "InvalidArgument" });
  });
});
