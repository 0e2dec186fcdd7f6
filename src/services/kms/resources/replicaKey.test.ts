import { CreateKeyCommand, DescribeKeyCommand, KMSClient, ListResourceTagsCommand } from "@aws-sdk/client-kms";
import { expect, test } from "vitest";
import { TEST_ACCOUNT, testCloud } from "../../../../test/harness.ts";
import { stackOf } from "../../../../test/stackOf.ts";

const KeyPolicy = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${TEST_ACCOUNT}:root` }, Action: "kms:*", Resource: "*" },
  ],
};

const template = (PrimaryKeyArn: string | undefined, more: object) => ({
  Resources: { Replica: { Type: "AWS::KMS::ReplicaKey", Properties: { PrimaryKeyArn, KeyPolicy, ...more } } },
  Outputs: { Id: { Value: { Ref: "Replica" } }, Arn: { Value: { "Fn::GetAtt": ["Replica", "Arn"] } } },
});

const primaryIn = async (region: string, more: object) => {
  const cloud = await testCloud();
  const made = await cloud.client(KMSClient, { region }).send(new CreateKeyCommand(more));
  return { cloud, kms: cloud.client(KMSClient), primary: made.KeyMetadata, stack: stackOf(cloud) };
};

test("a replica comes from its primary's region, changes, and goes with its stack", async () => {
  const { cloud, kms, primary, stack } = await primaryIn("eu-west-1", { MultiRegion: true });
  await using _ = cloud;
  const made = await stack.create(template(primary?.Arn, { Enabled: false, Tags: [{ Key: "a", Value: "b" }] }));
  expect(made.outputs).toEqual({ Id: primary?.KeyId, Arn: primary?.Arn?.replace("eu-west-1", "us-east-1") });
  const KeyId = made.outputs["Arn"];
  const described = async () => (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata;
  expect(await described()).toMatchObject({
    KeyState: "Disabled",
    MultiRegionConfiguration: { MultiRegionKeyType: "REPLICA", PrimaryKey: { Arn: primary?.Arn } },
  });
  await stack.update(template(primary?.Arn, { Description: "here", Tags: [{ Key: "c", Value: "d" }] }));
  expect(await described()).toMatchObject({ KeyState: "Enabled", Description: "here" });
  const { Tags = [] } = await kms.send(new ListResourceTagsCommand({ KeyId }));
  expect(Tags.filter(({ TagKey = "" }) => !TagKey.startsWith("aws:"))).toEqual([{ TagKey: "c", TagValue: "d" }]);
  await stack.delete();
  expect((await described())?.KeyState).toBe("PendingDeletion");
});

test("a key of one region alone has no replicas", async () => {
  const { cloud, primary, stack } = await primaryIn("eu-west-1", {});
  await using _ = cloud;
  const { status, reasons } = await stack.create(template(primary?.Arn, {}));
  expect(status).toBe("ROLLBACK_COMPLETE");
  expect(reasons.join()).toContain("Replica: Resource handler returned message:");
});
