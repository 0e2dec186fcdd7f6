import {
  CreateBucketCommand,
  DeleteBucketCommand,
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetObjectTorrentCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutBucketEncryptionCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { ask } from "../../../../test/ask.ts";
import { TEST_ACCOUNT, testCloud } from "../../../../test/harness.ts";
import { BUCKET, s3Fixture } from "../s3Fixture.ts";

describe("CreateBucket", () => {
  it("makes buckets as AWS does since April 2023: owned whole, closed, encrypted", async () => {
    await using room = await s3Fixture();
    const { s3 } = room;
    const Bucket = BUCKET;
    expect(await s3.send(new HeadBucketCommand({ Bucket }))).toMatchObject({ BucketRegion: "us-east-1" });
    expect((await s3.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBeUndefined();
    expect((await s3.send(new GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    expect(await s3.send(new GetBucketOwnershipControlsCommand({ Bucket }))).toMatchObject({
      OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
    });
    expect(await s3.send(new GetBucketEncryptionCommand({ Bucket }))).toMatchObject({
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
      },
    });
    expect((await s3.send(new GetBucketAclCommand({ Bucket }))).Grants).toMatchObject([{ Permission: "FULL_CONTROL" }]);
  });

  it("refuses names no bucket can have", async () => {
    await using cloud = await testCloud();
    const s3 = cloud.client(S3Client);
    for (const Bucket of [
      "Upper",
      "ab",
      "a..b",
      "192.168.0.1",
      "-start",
      "end-",
      "xn--x",
      "x-s3alias",
      "under_score",
    ]) {
      await expect(s3.send(new CreateBucketCommand({ Bucket }))).rejects.toMatchObject({ name: "InvalidBucketName" });
    }
  });

  it("names the region of its endpoint, and of no other", async () => {
    await using cloud = await testCloud();
    const there = cloud.client(S3Client, { region: "eu-central-1" });
    const create = (LocationConstraint: "eu-central-1" | "eu-west-1") =>
      there.send(new CreateBucketCommand({ Bucket: "abroad", CreateBucketConfiguration: { LocationConstraint } }));
    await expect(create("eu-west-1")).rejects.toMatchObject({ name: "IllegalLocationConstraintException" });
    await create("eu-central-1");
    await expect(create("eu-central-1")).rejects.toMatchObject({ name: "BucketAlreadyOwnedByYou" });
    const here = cloud.client(S3Client);
    expect(await here.send(new GetBucketLocationCommand({ Bucket: "abroad" }))).toMatchObject({
      LocationConstraint: "eu-central-1",
    });
  });

  it("finds names taken by other accounts", async () => {
    await using cloud = await testCloud({ auth: "open" });
    const as = (accessKeyId: string) => cloud.client(S3Client, { credentials: { accessKeyId, secretAccessKey: "x" } });
    await as(TEST_ACCOUNT).send(new CreateBucketCommand({ Bucket: "taken" }));
    await as(TEST_ACCOUNT).send(new CreateBucketCommand({ Bucket: "taken" }));
    const stranger = as("999999999999");
    await expect(stranger.send(new CreateBucketCommand({ Bucket: "taken" }))).rejects.toMatchObject({
      name: "BucketAlreadyExists",
      BucketName: "taken",
    });
    expect((await stranger.send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([]);
    await expect(stranger.send(new DeleteBucketCommand({ Bucket: "taken" }))).rejects.toMatchObject({
      name: "AccessDenied",
    });
  });
});

describe("buckets", () => {
  it("are listed after their owner, as some clients rely on", async () => {
    await using cloud = await testCloud({ auth: "open" });
    await cloud.client(S3Client).send(new CreateBucketCommand({ Bucket: "one" }));
    const authorization = "AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/s3/aws4_request";
    const { text } = await ask(cloud, { headers: { authorization } });
    expect(text).toMatch(/<ListAllMyBucketsResult [^>]*><Owner>.+<\/Owner><Buckets><Bucket><Name>one</);
  });

  it("are listed by name, page by page", async () => {
    await using cloud = await testCloud();
    const s3 = cloud.client(S3Client);
    for (const Bucket of ["ccc", "aaa", "bbb"]) await s3.send(new CreateBucketCommand({ Bucket }));
    const first = await s3.send(new ListBucketsCommand({ MaxBuckets: 2 }));
    expect(first.Buckets?.map(({ Name }) => Name)).toEqual(["aaa", "bbb"]);
    const rest = await s3.send(new ListBucketsCommand({ ContinuationToken: first.ContinuationToken }));
    expect(rest.Buckets?.map(({ Name }) => Name)).toEqual(["ccc"]);
    expect((await s3.send(new ListBucketsCommand({ Prefix: "b" }))).Buckets).toHaveLength(1);
  });

  it("are known by their tags", async () => {
    await using room = await s3Fixture();
    const tag = (...TagSet: { Key: string; Value: string }[]) =>
      room.s3.send(new PutBucketTaggingCommand({ Bucket: BUCKET, Tagging: { TagSet } }));
    const get = () => room.s3.send(new GetBucketTaggingCommand({ Bucket: BUCKET }));
    await expect(get()).rejects.toMatchObject({ name: "NoSuchTagSet" });
    await tag({ Key: "a", Value: "b" });
    expect((await get()).TagSet).toEqual([{ Key: "a", Value: "b" }]);
    await expect(tag({ Key: "a", Value: "1" }, { Key: "a", Value: "2" })).rejects.toMatchObject({ name: "InvalidTag" });
    await expect(tag({ Key: "aws:x", Value: "1" })).rejects.toMatchObject({ name: "InvalidTag" });
    await room.s3.send(new PutBucketTaggingCommand({ Bucket: BUCKET, Tagging: { TagSet: undefined } }));
    await expect(get()).rejects.toMatchObject({ name: "NoSuchTagSet" });
  });

  it("answer as AWS for what was never set, and refuse by name what is not built", async () => {
    await using room = await s3Fixture();
    const Bucket = BUCKET;
    await expect(room.s3.send(new GetBucketPolicyCommand({ Bucket }))).rejects.toMatchObject({
      name: "NoSuchBucketPolicy",
    });
    await expect(room.s3.send(new GetObjectTorrentCommand({ Bucket, Key: "a" }))).rejects.toMatchObject({
      name: "NotImplemented",
      message: "aloft has not built s3:GetObjectTorrent yet.",
    });
    const noRules = { ServerSideEncryptionConfiguration: { Rules: [] } };
    await expect(room.s3.send(new PutBucketEncryptionCommand({ Bucket: "nowhere", ...noRules }))).rejects.toMatchObject(
      { name: "NoSuchBucket" },
    );
    await expect(room.s3.send(new PutBucketEncryptionCommand({ Bucket, ...noRules }))).rejects.toMatchObject({
      name: "MalformedXML",
    });
    const bad = { Status: "On" as "Enabled" };
    await expect(
      room.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: bad })),
    ).rejects.toMatchObject({ name: "MalformedXML" });
    await expect(room.s3.send(new HeadBucketCommand({ Bucket: "nowhere" }))).rejects.toMatchObject({
      name: "NotFound",
    });
  });
});
