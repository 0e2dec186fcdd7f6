import { GetObjectTaggingCommand, PutObjectTaggingCommand, type Tag } from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { BUCKET as Bucket, s3Fixture } from "../s3Fixture.ts";

test("an object loses its tags to a set of none, and to none at all", async () => {
  await using room = await s3Fixture();
  await room.put("a");
  const tag = (TagSet: Tag[] | undefined) =>
    room.s3.send(new PutObjectTaggingCommand({ Bucket, Key: "a", Tagging: { TagSet } }));
  for (const none of [[], undefined]) {
    await tag([{ Key: "k", Value: "v" }]);
    await tag(none);
    expect((await room.s3.send(new GetObjectTaggingCommand({ Bucket, Key: "a" }))).TagSet).toEqual([]);
  }
});
