import { CreateBucketCommand, ListObjectsV2Command, PutBucketPolicyCommand, S3Client } from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { startCloud } from "./index.ts";
import type { CallRecord } from "./kernel/callRecord.ts";

const POLICY = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { AWS: "000000000000" }, Action: "s3:GetObject", Resource: "arn:aws:s3:::logged/*" },
  ],
};

test("a call is told with what it had to be allowed, and without the policies that were read for it", async () => {
  const calls: CallRecord[] = [];
  await using cloud = await startCloud({ onCall: (call) => calls.push(call) });
  const s3 = new S3Client(cloud.clientConfig());
  await s3.send(new CreateBucketCommand({ Bucket: "logged" }));
  await s3.send(new PutBucketPolicyCommand({ Bucket: "logged", Policy: JSON.stringify(POLICY) }));
  await s3.send(new ListObjectsV2Command({ Bucket: "logged" }));
  expect(calls.map(({ operation }) => operation)).toEqual(["CreateBucket", "PutBucketPolicy", "ListObjectsV2"]);
  expect(calls.at(-1)).toMatchObject({ service: "s3", region: "us-east-1", error: undefined });
  expect(calls.at(-1)?.required).toEqual([{ action: "s3:ListBucket", resource: "arn:aws:s3:::logged" }]);
});
