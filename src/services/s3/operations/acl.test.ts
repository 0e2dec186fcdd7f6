import { DeleteObjectCommand, GetObjectAclCommand, PutBucketVersioningCommand } from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { refusal } from "../../../../test/refusal.ts";
import { BUCKET, s3Fixture } from "../s3Fixture.ts";

test("a delete marker has no access list: a key that ends in one is not there, and the marker itself takes no question", async () => {
  await using room = await s3Fixture();
  const [Bucket, Key] = [BUCKET, "k"];
  const VersioningConfiguration = { Status: "Enabled" as const };
  await room.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  await room.put(Key);
  const { VersionId } = await room.s3.send(new DeleteObjectCommand({ Bucket, Key }));
  const look = (more: object) => refusal(room.s3.send(new GetObjectAclCommand({ Bucket, Key, ...more })));
  expect(await look({})).toMatch(/^NoSuchKey/);
  expect(await look({ VersionId })).toMatch(/^MethodNotAllowed/);
});
