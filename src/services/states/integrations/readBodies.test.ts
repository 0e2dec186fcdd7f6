import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { statesCloud } from "../testStates.ts";

test("an object of S3 comes as its text, unless it is more than a state may give on", async () => {
  await using made = await statesCloud();
  const s3 = made.cloud.client(S3Client);
  await s3.send(new CreateBucketCommand({ Bucket: "facts" }));
  await s3.send(new PutObjectCommand({ Bucket: "facts", Key: "small", Body: "three rows" }));
  await s3.send(new PutObjectCommand({ Bucket: "facts", Key: "empty", Body: "" }));
  await s3.send(new PutObjectCommand({ Bucket: "facts", Key: "large", Body: Buffer.alloc(262_145, "x") }));
  const get = (Key: string) =>
    made.run({
      StartAt: "T",
      States: {
        T: {
          Type: "Task",
          Resource: "arn:aws:states:::aws-sdk:s3:getObject",
          Parameters: { Bucket: "facts", Key },
          End: true,
        },
      },
    });
  expect((await get("small")).output).toMatchObject({ Body: "three rows", ContentLength: 10 });
  expect((await get("empty")).output).toMatchObject({ Body: "" });
  expect(await get("large")).toMatchObject({ status: "FAILED", error: "States.DataLimitExceeded" });
});
