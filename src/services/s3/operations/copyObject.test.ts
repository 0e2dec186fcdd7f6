import {
  CopyObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutBucketEncryptionCommand,
  PutBucketVersioningCommand,
} from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { BUCKET, type S3Fixture, s3Fixture } from "../s3Fixture.ts";

const copy = ({ s3 }: S3Fixture, more: object) =>
  s3.send(new CopyObjectCommand({ Bucket: BUCKET, Key: "to", CopySource: `${BUCKET}/from`, ...more }));

const head = ({ s3 }: S3Fixture, Key: string) =>
  s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key, ChecksumMode: "ENABLED" }));

describe("CopyObject", () => {
  it("takes along bytes, metadata and tags", async () => {
    await using room = await s3Fixture();
    await room.put("from", "hello", { ContentType: "text/plain", Metadata: { a: "b" }, Tagging: "x=y" });
    const { CopyObjectResult } = await copy(room, {});
    expect(CopyObjectResult).toMatchObject({ ETag: '"5d41402abc4b2a76b9719d911017c592"', ChecksumCRC32: "NhCmhg==" });
    expect(await room.read("to")).toBe("hello");
    expect(await head(room, "to")).toMatchObject({ ContentType: "text/plain", Metadata: { a: "b" }, TagCount: 1 });
  });

  it("replaces what its directives say", async () => {
    await using room = await s3Fixture();
    await room.put("from", "hello", { ContentType: "text/plain", Metadata: { a: "b" }, Tagging: "x=y" });
    await copy(room, {
      MetadataDirective: "REPLACE",
      ContentType: "text/html",
      Metadata: { c: "d" },
      TaggingDirective: "REPLACE",
      Tagging: "z=1",
    });
    expect(await head(room, "to")).toMatchObject({ ContentType: "text/html", Metadata: { c: "d" } });
    const { TagSet } = await room.s3.send(new GetObjectTaggingCommand({ Bucket: BUCKET, Key: "to" }));
    expect(TagSet).toEqual([{ Key: "z", Value: "1" }]);
  });

  it("reads the version and the encoded key its source names", async () => {
    await using room = await s3Fixture();
    const VersioningConfiguration = { Status: "Enabled" } as const;
    await room.s3.send(new PutBucketVersioningCommand({ Bucket: BUCKET, VersioningConfiguration }));
    const one = await room.put("a b/é+.txt", "one");
    await room.put("a b/é+.txt", "two");
    const CopySource = `/${BUCKET}/a%20b/%C3%A9%2B.txt?versionId=${one}`;
    expect(await copy(room, { CopySource })).toMatchObject({ CopySourceVersionId: one });
    expect(await room.read("to")).toBe("one");
  });

  it("tells the null version of its copy where there may be others", async () => {
    await using room = await s3Fixture();
    await room.put("from");
    expect((await copy(room, {})).VersionId).toBeUndefined();
    const VersioningConfiguration = { Status: "Suspended" } as const;
    await room.s3.send(new PutBucketVersioningCommand({ Bucket: BUCKET, VersioningConfiguration }));
    expect((await copy(room, {})).VersionId).toBe("null");
  });

  it("takes a plus in its source for a space", async () => {
    await using room = await s3Fixture();
    await room.put("a b", "one");
    await copy(room, { CopySource: `${BUCKET}/a+b` });
    expect(await room.read("to")).toBe("one");
  });

  it("copies onto itself what is encrypted anew", async () => {
    await using room = await s3Fixture();
    await room.put("from", "a", { ServerSideEncryption: "aws:kms" });
    expect(await copy(room, { Key: "from" })).toMatchObject({ ServerSideEncryption: "AES256" });
    await expect(copy(room, { Key: "from" })).rejects.toMatchObject({ name: "InvalidRequest" });
    const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" as const } }];
    await room.s3.send(
      new PutBucketEncryptionCommand({ Bucket: BUCKET, ServerSideEncryptionConfiguration: { Rules } }),
    );
    await copy(room, { Key: "from" });
  });

  it("refuses what does not make sense", async () => {
    await using room = await s3Fixture();
    await room.put("from");
    const { ETag } = await head(room, "from");
    await expect(copy(room, { Key: "from" })).rejects.toMatchObject({ name: "InvalidRequest" });
    await copy(room, { Key: "from", MetadataDirective: "REPLACE", Metadata: { new: "1" } });
    await expect(copy(room, { CopySource: "nonsense" })).rejects.toMatchObject({ name: "InvalidArgument" });
    await expect(copy(room, { CopySource: `${BUCKET}/none` })).rejects.toMatchObject({ name: "NoSuchKey" });
    await expect(copy(room, { CopySource: "nowhere/k" })).rejects.toMatchObject({ name: "NoSuchBucket" });
    await expect(copy(room, { CopySourceIfNoneMatch: ETag })).rejects.toMatchObject({ name: "PreconditionFailed" });
    await expect(copy(room, { MetadataDirective: "KEEP" })).rejects.toMatchObject({ name: "InvalidArgument" });
  });
});
