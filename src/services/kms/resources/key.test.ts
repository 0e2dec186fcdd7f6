import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import { DescribeKeyCommand, GetKeyRotationStatusCommand, KMSClient } from "@aws-sdk/client-kms";
import { expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";

const template = (Properties: object) =>
  JSON.stringify({
    Resources: {
      Key: { Type: "AWS::KMS::Key", Properties },
      Alias: { Type: "AWS::KMS::Alias", Properties: { AliasName: "alias/app", TargetKeyId: { Ref: "Key" } } },
    },
    Outputs: { Arn: { Value: { "Fn::GetAtt": ["Key", "Arn"] } } },
  });

test("a key and its alias come, change and go with their stack", async () => {
  await using cloud = await testCloud();
  const cloudFormation = cloud.client(CloudFormationClient);
  const kms = cloud.client(KMSClient);
  const StackName = "app";
  await cloudFormation.send(new CreateStackCommand({ StackName, TemplateBody: template({ EnableKeyRotation: true }) }));
  await cloud.tasks.idle();
  const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
  const KeyId = Stacks?.[0]?.Outputs?.[0]?.OutputValue;
  const described = async (id = KeyId) => (await kms.send(new DescribeKeyCommand({ KeyId: id }))).KeyMetadata;
  expect((await described("alias/app"))?.Arn).toBe(KeyId);
  expect((await kms.send(new GetKeyRotationStatusCommand({ KeyId }))).KeyRotationEnabled).toBe(true);
  await cloudFormation.send(new UpdateStackCommand({ StackName, TemplateBody: template({ Description: "app's" }) }));
  await cloud.tasks.idle();
  expect(await described()).toMatchObject({ Description: "app's", KeyState: "Enabled" });
  expect((await kms.send(new GetKeyRotationStatusCommand({ KeyId }))).KeyRotationEnabled).toBe(false);
  await cloudFormation.send(new DeleteStackCommand({ StackName }));
  await cloud.tasks.idle();
  expect((await described())?.KeyState).toBe("PendingDeletion");
  await expect(described("alias/app")).rejects.toMatchObject({ name: "NotFoundException" });
});
