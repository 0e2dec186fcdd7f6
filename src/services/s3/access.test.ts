import {
  DeleteObjectsCommand,
  DeletePublicAccessBlockCommand,
  GetBucketPolicyStatusCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { TEST_ACCOUNT } from "../../../test/harness.ts";
import { BUCKET, documentOf, roleClient, type S3Fixture, s3Fixture } from "./s3Fixture.ts";

const ARN = `arn:aws:s3:::${BUCKET}`;

const anonymous = ({ cloud }: S3Fixture): S3Client =>
  cloud.client(S3Client, { signer: { sign: async (request: unknown) => request } });

const get = (client: S3Client, Key: string, more: object = {}) =>
  client.send(new GetObjectCommand({ Bucket: BUCKET, Key, ...more }));

describe("a role", () => {
  it("may do what its policies say, key by key", async () => {
    await using room = await s3Fixture();
    await room.put("in/a");
    await room.put("out/a");
    const role = await roleClient(room, { Effect: "Allow", Action: "s3:GetObject", Resource: `${ARN}/in/*` });
    await get(role, "in/a");
    await expect(get(role, "out/a")).rejects.toMatchObject({
      name: "AccessDenied",
      message: expect.stringContaining(`is not authorized to perform: s3:GetObject on resource: "${ARN}/out/a"`),
    });
    await expect(role.send(new PutObjectCommand({ Bucket: BUCKET, Key: "in/a" }))).rejects.toMatchObject({
      name: "AccessDenied",
    });
    // AWS: who may not list is not told what is missing.
    await expect(get(role, "in/none")).rejects.toMatchObject({ name: "AccessDenied" });
    await expect(get(role, "in/a", { VersionId: "null" })).rejects.toMatchObject({ name: "AccessDenied" });
    await expect(get(role, "k", { Bucket: "nowhere" })).rejects.toMatchObject({ name: "NoSuchBucket" });
  });

  it("may list under the prefixes its conditions name", async () => {
    await using room = await s3Fixture();
    await room.put("in/a");
    const Condition = { StringLike: { "s3:prefix": ["in/*"] } };
    const role = await roleClient(room, { Effect: "Allow", Action: "s3:ListBucket", Resource: ARN, Condition });
    const list = (Prefix?: string) => role.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix }));
    expect(await list("in/")).toMatchObject({ KeyCount: 1 });
    await expect(list("out/")).rejects.toMatchObject({ name: "AccessDenied" });
    await expect(list()).rejects.toMatchObject({ name: "AccessDenied" });
  });

  it("is told of a missing key when it may list the bucket, and deletes only what it may", async () => {
    await using room = await s3Fixture();
    await room.put("in/a");
    await room.put("out/a");
    const role = await roleClient(
      room,
      { Effect: "Allow", Action: ["s3:ListBucket"], Resource: ARN },
      { Effect: "Allow", Action: ["s3:GetObject", "s3:DeleteObject"], Resource: `${ARN}/in/*` },
    );
    await expect(get(role, "in/none")).rejects.toMatchObject({ name: "NoSuchKey" });
    const Objects = [{ Key: "in/a" }, { Key: "out/a" }];
    const { Deleted, Errors } = await role.send(new DeleteObjectsCommand({ Bucket: BUCKET, Delete: { Objects } }));
    expect(Deleted).toEqual([{ Key: "in/a" }]);
    expect(Errors).toMatchObject([{ Key: "out/a", Code: "AccessDenied" }]);
  });
});

describe("a bucket policy", () => {
  const publicRead = documentOf({ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `${ARN}/*` });

  it("lets in anybody, once public policies are not blocked", async () => {
    await using room = await s3Fixture();
    await room.put("k", "hello");
    const putPolicy = () => room.s3.send(new PutBucketPolicyCommand({ Bucket: BUCKET, Policy: publicRead }));
    await expect(get(anonymous(room), "k")).rejects.toMatchObject({ name: "AccessDenied", message: "Access Denied" });
    await expect(putPolicy()).rejects.toMatchObject({
      name: "AccessDenied",
      message: expect.stringContaining("BlockPublicPolicy"),
    });
    await room.s3.send(new DeletePublicAccessBlockCommand({ Bucket: BUCKET }));
    await putPolicy();
    const { PolicyStatus } = await room.s3.send(new GetBucketPolicyStatusCommand({ Bucket: BUCKET }));
    expect(PolicyStatus).toEqual({ IsPublic: true });
    expect(await (await get(anonymous(room), "k")).Body!.transformToString()).toBe("hello");
    await expect(get(anonymous(room), "none")).rejects.toMatchObject({ name: "AccessDenied" });
    // What was let in before is shut out again.
    const PublicAccessBlockConfiguration = { RestrictPublicBuckets: true };
    await room.s3.send(new PutPublicAccessBlockCommand({ Bucket: BUCKET, PublicAccessBlockConfiguration }));
    await expect(get(anonymous(room), "k")).rejects.toMatchObject({ name: "AccessDenied" });
  });

  it("forbids even the account's root, but not to change the policy", async () => {
    await using room = await s3Fixture();
    await room.put("k");
    const put = (Policy: string) => room.s3.send(new PutBucketPolicyCommand({ Bucket: BUCKET, Policy }));
    await put(documentOf({ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: [ARN, `${ARN}/*`] }));
    await expect(get(room.s3, "k")).rejects.toMatchObject({ name: "AccessDenied" });
    const role = { AWS: `arn:aws:iam::${TEST_ACCOUNT}:root` };
    await put(documentOf({ Effect: "Allow", Principal: role, Action: "s3:GetObject", Resource: `${ARN}/*` }));
    await get(room.s3, "k");
  });

  it("is refused when it is no policy of this bucket", async () => {
    await using room = await s3Fixture();
    const put = (Policy: string) => room.s3.send(new PutBucketPolicyCommand({ Bucket: BUCKET, Policy }));
    const statement = {
      Effect: "Allow",
      Principal: { AWS: TEST_ACCOUNT },
      Action: "s3:GetObject",
      Resource: `${ARN}/*`,
    };
    const refused = { name: "MalformedPolicy" };
    await expect(put("nonsense")).rejects.toMatchObject(refused);
    await expect(put(documentOf({ ...statement, Resource: "arn:aws:s3:::other/*" }))).rejects.toMatchObject(refused);
    await expect(put(documentOf({ ...statement, Action: "ec2:RunInstances" }))).rejects.toMatchObject(refused);
    await expect(put(documentOf({ ...statement, Principal: undefined }))).rejects.toMatchObject(refused);
    await expect(put(documentOf({ ...statement, Principal: undefined, NotPrincipal: "*" }))).rejects.toMatchObject(
      refused,
    );
    await put(documentOf(statement));
  });

  it("sees how a write is to be encrypted and shared", async () => {
    await using room = await s3Fixture();
    const write = { Effect: "Deny", Principal: "*", Action: "s3:PutObject", Resource: `${ARN}/*` };
    const deny = (Condition: object) =>
      room.s3.send(new PutBucketPolicyCommand({ Bucket: BUCKET, Policy: documentOf({ ...write, Condition }) }));
    const refused = { name: "AccessDenied" };
    await deny({ Null: { "s3:x-amz-server-side-encryption-customer-algorithm": "true" } });
    await expect(room.put("k")).rejects.toMatchObject(refused);
    await deny({ Null: { "s3:if-none-match": "true" } });
    await expect(room.put("k")).rejects.toMatchObject(refused);
    await room.put("k", "k", { IfNoneMatch: "*" });
  });
});

describe("an access list", () => {
  it("lets in anybody where lists count and public ones are not ignored", async () => {
    await using room = await s3Fixture();
    await room.put("k", "hello");
    const open = () => room.s3.send(new PutObjectAclCommand({ Bucket: BUCKET, Key: "k", ACL: "public-read" }));
    await expect(open()).rejects.toMatchObject({ name: "AccessControlListNotSupported" });
    const Rules = [{ ObjectOwnership: "ObjectWriter" as const }];
    await room.s3.send(new PutBucketOwnershipControlsCommand({ Bucket: BUCKET, OwnershipControls: { Rules } }));
    await expect(open()).rejects.toMatchObject({ name: "AccessDenied" });
    await room.s3.send(new DeletePublicAccessBlockCommand({ Bucket: BUCKET }));
    await open();
    expect(await (await get(anonymous(room), "k")).Body!.transformToString()).toBe("hello");
    const PublicAccessBlockConfiguration = { IgnorePublicAcls: true };
    await room.s3.send(new PutPublicAccessBlockCommand({ Bucket: BUCKET, PublicAccessBlockConfiguration }));
    await expect(get(anonymous(room), "k")).rejects.toMatchObject({ name: "AccessDenied" });
  });
});
