import { GetBucketPolicyCommand, S3Client } from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";
import { stackOf } from "../../../../test/stackOf.ts";
import { untilMade } from "../../../../test/untilMade.ts";
import { whileTimePasses } from "../../../../test/whileTimePasses.ts";

const PolicyDocument = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Principal: "*", Action: "s3:DeleteBucket", Resource: "arn:aws:s3:::mine" }],
};
const Policy = { Type: "AWS::S3::BucketPolicy", Properties: { Bucket: "mine", PolicyDocument } };

test("a policy waits for the bucket that is made beside it under the name it gives", async () => {
  await using cloud = await testCloud();
  const Bucket = { Type: "AWS::S3::Bucket", Properties: { BucketName: "mine" } };
  const made = untilMade(cloud, "Bucket");
  const creation = stackOf(cloud).create({ Resources: { Policy, Bucket } });
  await made;
  expect((await whileTimePasses(cloud, creation)).status).toBe("CREATE_COMPLETE");
  const answer = await cloud.client(S3Client).send(new GetBucketPolicyCommand({ Bucket: "mine" }));
  expect(JSON.parse(answer.Policy ?? "")).toEqual(PolicyDocument);
});

test("a policy of a bucket that never comes fails", async () => {
  await using cloud = await testCloud();
  const { status, reasons } = await whileTimePasses(cloud, stackOf(cloud).create({ Resources: { Policy } }));
  expect(status).toBe("ROLLBACK_COMPLETE");
  expect(reasons.join()).toContain("The specified bucket does not exist");
});
