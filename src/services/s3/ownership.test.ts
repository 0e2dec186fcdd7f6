import {
  type BucketCannedACL,
  DeleteBucketOwnershipControlsCommand,
  DeletePublicAccessBlockCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  type ObjectOwnership,
  PutBucketAclCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import { TEST_ACCOUNT, TEST_REGION } from "../../../test/harness.ts";
import { refusal } from "../../../test/refusal.ts";
import { rootOf } from "../../kernel/principal.ts";
import { canonicalId } from "./grants.ts";
import { isS3Room } from "./isRoom.ts";
import { NOBODY } from "./ownership.ts";
import { BUCKET, type S3Fixture, s3Fixture } from "./s3Fixture.ts";

const Bucket = BUCKET;
const STRANGER = "444455556666";

/** What the root of another account does. */
const stranger = ({ cloud }: S3Fixture) => {
  const room = cloud.rooms.peek("s3", TEST_ACCOUNT, TEST_REGION)?.room.room;
  if (!isS3Room(room)) throw new Error("S3 is not open");
  return room.contextAs(rootOf(STRANGER));
};

/** Lets the other account write and read whatever the bucket's owner owns. */
const open = async ({ s3 }: S3Fixture, ObjectOwnership: ObjectOwnership) => {
  await s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: { Rules: [{ ObjectOwnership }] } }));
  const Policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: STRANGER },
        Action: ["s3:PutObject", "s3:PutObjectAcl", "s3:GetObject", "s3:GetObjectAcl"],
        Resource: `arn:aws:s3:::${Bucket}/*`,
      },
    ],
  });
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
};

const ownerOf = async ({ s3 }: S3Fixture, Key: string) => {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: Key, FetchOwner: true }));
  return Contents[0]?.Owner?.ID;
};

describe("what another account writes", () => {
  test("is the bucket owner's where that owns all", async () => {
    await using fixture = await s3Fixture();
    await open(fixture, "BucketOwnerEnforced");
    await stranger(fixture).call("s3", "PutObject", { Bucket, Key: "a", Body: "a" });
    expect(await ownerOf(fixture, "a")).toBe(canonicalId(TEST_ACCOUNT));
    expect(await fixture.read("a")).toBe("a");
  });

  test("is its own where writers own, and the bucket's owner reads it by its list alone", async () => {
    await using fixture = await s3Fixture();
    await open(fixture, "ObjectWriter");
    const other = stranger(fixture);
    await other.call("s3", "PutObject", { Bucket, Key: "a", Body: "a" });
    expect(await ownerOf(fixture, "a")).toBe(canonicalId(STRANGER));
    expect((await other.call("s3", "GetObjectAcl", { Bucket, Key: "a" })).Grants).toMatchObject([
      { Grantee: { ID: canonicalId(STRANGER) }, Permission: "FULL_CONTROL" },
    ]);
    expect(await refusal(fixture.read("a"))).toContain("AccessDenied");
    await other.call("s3", "PutObjectAcl", { Bucket, Key: "a", ACL: "bucket-owner-full-control" });
    expect(await fixture.read("a")).toBe("a");
    // What no list says any more, ownership does.
    await open(fixture, "BucketOwnerEnforced");
    expect(await ownerOf(fixture, "a")).toBe(canonicalId(TEST_ACCOUNT));
  });

  test("is the bucket owner's where that is preferred and the list gives it away", async () => {
    await using fixture = await s3Fixture();
    await open(fixture, "BucketOwnerPreferred");
    const put = (Key: string, ACL?: BucketCannedACL | "bucket-owner-full-control") =>
      stranger(fixture).call("s3", "PutObject", { Bucket, Key, Body: "a", ...(ACL ? { ACL } : {}) });
    await put("given", "bucket-owner-full-control");
    await put("kept");
    expect(await ownerOf(fixture, "given")).toBe(canonicalId(TEST_ACCOUNT));
    expect(await ownerOf(fixture, "kept")).toBe(canonicalId(STRANGER));
    const { Owner } = await fixture.s3.send(new GetObjectAclCommand({ Bucket, Key: "given" }));
    expect(Owner?.ID).toBe(canonicalId(TEST_ACCOUNT));
  });
});

describe("a bucket's access list", () => {
  const anonymous = ({ cloud }: S3Fixture): S3Client =>
    cloud.client(S3Client, { signer: { sign: async (request: unknown) => request } });

  test("tells whom it lets list of keys that are not there, and takes what its writers give away", async () => {
    await using fixture = await s3Fixture();
    await fixture.s3.send(new DeleteBucketOwnershipControlsCommand({ Bucket }));
    await fixture.s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
    const nobody = anonymous(fixture);
    const read = () => refusal(nobody.send(new GetObjectCommand({ Bucket, Key: "a" })));
    expect(await read()).toContain("AccessDenied");
    await fixture.s3.send(new PutBucketAclCommand({ Bucket, ACL: "public-read-write" }));
    expect(await read()).toContain("NoSuchKey");
    await nobody.send(new PutObjectCommand({ Bucket, Key: "a", Body: "a", ACL: "public-read" }));
    expect(await ownerOf(fixture, "a")).toBe(canonicalId(NOBODY));
    expect(await read()).toBeUndefined();
    const { Contents } = await nobody.send(new ListObjectsCommand({ Bucket }));
    expect(Contents).toMatchObject([{ Key: "a" }]);
    expect(Contents?.[0]?.Owner).toBeUndefined();
  });
});
