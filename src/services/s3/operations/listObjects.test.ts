import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from "@aws-sdk/client-s3";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ask } from "../../../../test/ask.ts";
import { testCloud } from "../../../../test/harness.ts";
import { openMemoryStore } from "../../../store/memory/memoryStore.ts";
import { type Listed, listKeys } from "../listing.ts";
import { openS3Records, type VersionRecord } from "../records.ts";
import { BUCKET, s3Fixture } from "../s3Fixture.ts";

describe("ListObjectsV2", () => {
  it("tells where the bucket is", async () => {
    await using cloud = await testCloud({ auth: "open" });
    const CreateBucketConfiguration = { LocationConstraint: "eu-west-1" as const };
    await cloud.client(S3Client).send(new CreateBucketCommand({ Bucket: "far", CreateBucketConfiguration }));
    const authorization = "AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/s3/aws4_request";
    const { status, headers } = await ask(cloud, { path: "/far?list-type=2", headers: { authorization } });
    expect([status, headers["x-amz-bucket-region"]]).toEqual([200, "eu-west-1"]);
    await cloud.client(S3Client).send(new PutObjectCommand({ Bucket: "far", Key: "k", Body: "k" }));
    const { text } = await ask(cloud, { path: "/far?list-type=2", headers: { authorization } });
    expect(text).toMatch(/<Name>far<.+<\/Contents><\/ListBucketResult>$/);
  });

  it("rolls keys up by a delimiter, page by page", async () => {
    await using room = await s3Fixture();
    for (const key of ["a", "b/1", "b/2", "c/1/x", "d"]) await room.put(key);
    const list = (more: object) => room.s3.send(new ListObjectsV2Command({ Bucket: BUCKET, ...more }));
    const all = await list({});
    expect(all.Contents?.map(({ Key }) => Key)).toEqual(["a", "b/1", "b/2", "c/1/x", "d"]);
    expect(all).toMatchObject({ KeyCount: 5, MaxKeys: 1000, IsTruncated: false, Name: BUCKET, Prefix: "" });
    expect(all.Contents?.[0]).toMatchObject({ Size: 1, StorageClass: "STANDARD", ChecksumAlgorithm: ["CRC32"] });
    const rolled = await list({ Delimiter: "/" });
    expect(rolled.CommonPrefixes).toEqual([{ Prefix: "b/" }, { Prefix: "c/" }]);
    expect(rolled.Contents?.map(({ Key }) => Key)).toEqual(["a", "d"]);
    const pages: string[][] = [];
    for await (const page of paginateListObjectsV2(
      { client: room.s3, pageSize: 2 },
      { Bucket: BUCKET, Delimiter: "/" },
    )) {
      pages.push([
        ...(page.Contents ?? []).map(({ Key = "" }) => Key),
        ...(page.CommonPrefixes ?? []).map(({ Prefix = "" }) => Prefix),
      ]);
    }
    expect(pages).toEqual([
      ["a", "b/"],
      ["d", "c/"],
    ]);
    expect((await list({ Prefix: "b/", StartAfter: "b/1" })).Contents?.map(({ Key }) => Key)).toEqual(["b/2"]);
    const { NextContinuationToken } = await list({ MaxKeys: 1 });
    const beside = await list({ ContinuationToken: NextContinuationToken, StartAfter: "d" });
    expect(beside).toMatchObject({ ContinuationToken: NextContinuationToken, KeyCount: 4 });
    expect(beside).not.toHaveProperty("StartAfter");
    await expect(list({ ContinuationToken: "nonsense" })).rejects.toMatchObject({ name: "InvalidArgument" });
    await expect(list({ Bucket: "nowhere" })).rejects.toMatchObject({ name: "NoSuchBucket" });
    expect(await list({ MaxKeys: 0 })).toMatchObject({ KeyCount: 0, IsTruncated: false });
  });

  it("writes keys so that XML can carry them", async () => {
    await using room = await s3Fixture();
    await room.put("a b/ü&+\u0001");
    const { Contents } = await room.s3.send(new ListObjectsV2Command({ Bucket: BUCKET, EncodingType: "url" }));
    expect(Contents?.[0]?.Key).toBe("a+b/%C3%BC%26%2B%01");
  });

  it("has an older sister with markers", async () => {
    await using room = await s3Fixture();
    for (const key of ["a", "b/1", "c"]) await room.put(key);
    const first = await room.s3.send(new ListObjectsCommand({ Bucket: BUCKET, Delimiter: "/", MaxKeys: 2 }));
    expect(first).toMatchObject({ IsTruncated: true, NextMarker: "b/", Marker: "" });
    const { NextMarker } = first;
    const rest = await room.s3.send(new ListObjectsCommand({ Bucket: BUCKET, Delimiter: "/", Marker: NextMarker }));
    expect(rest.Contents?.map(({ Key }) => Key)).toEqual(["c"]);
    expect(rest.CommonPrefixes).toBeUndefined();
  });
});

describe("markers", () => {
  it("of a key within a common prefix begin after the prefix, which was listed before", async () => {
    await using room = await s3Fixture();
    const names = ["in/sub/1", "in/sub/2", "in/x", "in/y"];
    for (const name of names) await room.put(name);
    const query = { Bucket: BUCKET, Prefix: "in/", Delimiter: "/" };
    const objects = await room.s3.send(new ListObjectsCommand({ ...query, Marker: "in/sub/1" }));
    expect(objects.CommonPrefixes).toBeUndefined();
    expect(objects.Contents?.map(({ Key }) => Key)).toEqual(["in/x", "in/y"]);
    const versions = await room.s3.send(new ListObjectVersionsCommand({ ...query, KeyMarker: "in/sub/1" }));
    expect(versions.CommonPrefixes).toBeUndefined();
    expect(versions.Versions?.map(({ Key }) => Key)).toEqual(["in/x", "in/y"]);
    for (const Key of names) await room.s3.send(new CreateMultipartUploadCommand({ Bucket: BUCKET, Key }));
    const uploads = await room.s3.send(new ListMultipartUploadsCommand({ ...query, KeyMarker: "in/sub/1" }));
    expect(uploads.CommonPrefixes).toBeUndefined();
    expect(uploads.Uploads?.map(({ Key }) => Key)).toEqual(["in/x", "in/y"]);
    const first = await room.s3.send(new ListMultipartUploadsCommand({ ...query, MaxUploads: 1 }));
    expect(first).toMatchObject({ CommonPrefixes: [{ Prefix: "in/sub/" }], NextKeyMarker: "", NextUploadIdMarker: "" });
  });

  it("of versions that were deleted since lead to those that are left, so that a bucket can be emptied page by page", async () => {
    await using room = await s3Fixture();
    const Bucket = BUCKET;
    await room.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
    for (let count = 0; count < 5; count++) await room.put("key", String(count));
    let markers: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
    for (;;) {
      const page = await room.s3.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 2, ...markers }));
      for (const { Key, VersionId } of page.Versions ?? []) {
        await room.s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
      }
      if (!page.IsTruncated) break;
      markers = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
    }
    await room.s3.send(new DeleteBucketCommand({ Bucket }));
  });
});

const key = fc.string({ unit: fc.constantFrom("a", "b", "/", "é", "😀"), minLength: 1, maxLength: 5 });

describe("a listing", () => {
  it("is what sorting, cutting and rolling up all keys would give", async () => {
    await using store = openMemoryStore();
    let run = 0;
    const query = fc.record({
      prefix: fc.oneof(fc.constant(""), key),
      delimiter: fc.constantFrom(undefined, "/", "a"),
      limit: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(key, { maxLength: 12 }),
        fc.array(key),
        query,
        (keys, deleted, { prefix, delimiter, limit }) => {
          const records = openS3Records(store.records.scope(`run${run++}`));
          for (const each of keys) records.objects.put(["b", each], recordOf(each, deleted.includes(each)));
          const live = keys.filter((each) => !deleted.includes(each) && each.startsWith(prefix));
          const expected = [...new Set(live.sort(byUtf8).map((each) => rolledUp(each, prefix, delimiter)))];
          const listed: string[] = [];
          let after = "";
          for (;;) {
            const page = listKeys(
              records,
              { bucket: "b", prefix, delimiter, after, limit },
              ({ kind }) => kind === "object",
            );
            expect(page.entries.length).toBeLessThanOrEqual(limit);
            listed.push(...page.entries.map(nameOf));
            if (page.next === undefined) break;
            after = page.next;
          }
          expect(listed).toEqual(expected);
        },
      ),
    );
  });
});

const byUtf8 = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

const rolledUp = (name: string, prefix: string, delimiter: string | undefined) => {
  const at = delimiter ? name.indexOf(delimiter, prefix.length) : -1;
  return at < 0 ? name : name.slice(0, at + 1);
};

const nameOf = (entry: Listed) => ("commonPrefix" in entry ? entry.commonPrefix : entry.version.key);

const recordOf = (name: string, isDeleted: boolean): VersionRecord =>
  ({
    bucket: "b",
    key: name,
    versionId: "null",
    sequence: 1,
    modifiedAt: 0,
    kind: isDeleted ? "marker" : "object",
  }) as VersionRecord;
