import { DescribeKeyCommand, GetKeyRotationStatusCommand, KMSClient } from "@aws-sdk/client-kms";
import { expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";
import { stackOf } from "../../../../test/stackOf.ts";

const template = (Properties: object) => ({
  Resources: {
    Key: { Type: "AWS::KMS::Key", Properties },
    Alias: { Type: "AWS::KMS::Alias", Properties: { AliasName: "alias/app", TargetKeyId: { Ref: "Key" } } },
  },
  Outputs: { Arn: { Value: { "Fn::GetAtt": ["Key", "Arn"] } } },
});

test("a key and its alias come, change and go with their stack", async () => {
  await using cloud = await testCloud();
  const kms = cloud.client(KMSClient);
  const stack = stackOf(cloud);
  const { outputs } = await stack.create(template({ EnableKeyRotation: true }));
  const KeyId = outputs["Arn"];
  const described = async (id = KeyId) => (await kms.send(new DescribeKeyCommand({ KeyId: id }))).KeyMetadata;
  expect((await described("alias/app"))?.Arn).toBe(KeyId);
  expect((await kms.send(new GetKeyRotationStatusCommand({ KeyId }))).KeyRotationEnabled).toBe(true);
  await stack.update(template({ Description: "app's" }));
  expect(await described()).toMatchObject({ Description: "app's", KeyState: "Enabled" });
  expect((await kms.send(new GetKeyRotationStatusCommand({ KeyId }))).KeyRotationEnabled).toBe(false);
  await stack.delete();
  expect((await described())?.KeyState).toBe("PendingDeletion");
  await expect(described("alias/app")).rejects.toMatchObject({ name: "NotFoundException" });
});
