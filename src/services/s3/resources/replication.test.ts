import { IAMClient } from "@aws-sdk/client-iam";
import { GetBucketReplicationCommand, S3Client } from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";
import { serviceRole } from "../../../../test/serviceRole.ts";
import { stackOf } from "../../../../test/stackOf.ts";

test("a bucket replicates as a template says, and no more when it says so no more", async () => {
  await using cloud = await testCloud();
  const stack = stackOf(cloud, "pair");
  const Role = await serviceRole(cloud.client(IAMClient), "replicator", "s3", "s3:*");
  const versions = { VersioningConfiguration: { Status: "Enabled" } };
  const rule = {
    Id: "all",
    Status: "Enabled",
    Priority: 1,
    Filter: { And: { Prefix: "in/", TagFilters: [{ Key: "go", Value: "yes" }] } },
    DeleteMarkerReplication: { Status: "Disabled" },
    Destination: { Bucket: { "Fn::GetAtt": ["To", "Arn"] } },
  };
  const template = (from: object) => ({
    Resources: {
      To: { Type: "AWS::S3::Bucket", Properties: { BucketName: "copies", ...versions } },
      From: { Type: "AWS::S3::Bucket", Properties: { BucketName: "source", ...versions, ...from } },
    },
  });
  const made = await stack.create(template({ ReplicationConfiguration: { Role, Rules: [rule] } }));
  expect(made).toMatchObject({ status: "CREATE_COMPLETE" });
  const s3 = cloud.client(S3Client);
  const read = () => s3.send(new GetBucketReplicationCommand({ Bucket: "source" }));
  expect((await read()).ReplicationConfiguration).toMatchObject({
    Role,
    Rules: [{ ID: "all", Filter: { And: { Prefix: "in/", Tags: [{ Key: "go", Value: "yes" }] } } }],
  });
  await stack.update(template({}));
  await expect(read()).rejects.toMatchObject({ name: "ReplicationConfigurationNotFoundError" });
});
