import { CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import {
  CreateGroupCommand,
  CreateSamplingRuleCommand,
  DeleteGroupCommand,
  DeleteResourcePolicyCommand,
  GetEncryptionConfigCommand,
  GetGroupCommand,
  GetGroupsCommand,
  GetInsightSummariesCommand,
  ListResourcePoliciesCommand,
  ListTagsForResourceCommand,
  PutEncryptionConfigCommand,
  PutResourcePolicyCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateGroupCommand,
} from "@aws-sdk/client-xray";
import { expect, test } from "vitest";
import { TEST_ACCOUNT } from "../../../../test/harness.ts";
import { refusal } from "../../../../test/refusal.ts";
import { xrayCloud } from "../testXray.ts";

const OFF = { InsightsEnabled: false, NotificationsEnabled: false };

test("groups are made, changed and deleted beside the default one", async () => {
  await using made = await xrayCloud();
  const { xray } = made;
  const FilterExpression = 'service("example.com") {fault}';
  const { Group } = await xray.send(new CreateGroupCommand({ GroupName: "Test", FilterExpression }));
  expect(Group).toEqual({
    GroupName: "Test",
    GroupARN: expect.stringMatching(new RegExp(`^arn:aws:xray:us-east-1:${TEST_ACCOUNT}:group/Test/[A-Z2-7]{52}$`)),
    FilterExpression,
    InsightsConfiguration: OFF,
  });
  const GroupARN = Group?.GroupARN;
  const change = { GroupARN, FilterExpression: "responsetime > 2", InsightsConfiguration: { InsightsEnabled: true } };
  await xray.send(new UpdateGroupCommand(change));
  expect((await xray.send(new GetGroupCommand({ GroupName: "Test" }))).Group).toMatchObject({
    FilterExpression: "responsetime > 2",
    InsightsConfiguration: { ...OFF, InsightsEnabled: true },
  });
  const Default = {
    GroupName: "Default",
    GroupARN: `arn:aws:xray:us-east-1:${TEST_ACCOUNT}:group/Default`,
    InsightsConfiguration: OFF,
  };
  const { Groups } = await xray.send(new GetGroupsCommand({}));
  expect(Groups).toMatchObject([Default, { GroupName: "Test" }]);
  await xray.send(new DeleteGroupCommand({ GroupName: "Test", GroupARN }));
  expect((await xray.send(new GetGroupsCommand({}))).Groups).toEqual([Default]);
});

test("groups that cannot be are refused", async () => {
  await using made = await xrayCloud();
  const { xray } = made;
  await xray.send(new CreateGroupCommand({ GroupName: "Test" }));
  const notify = { NotificationsEnabled: true };
  for (const command of [
    new CreateGroupCommand({ GroupName: "Test" }),
    new CreateGroupCommand({ GroupName: "Default" }),
    new CreateGroupCommand({ GroupName: "two", FilterExpression: "colour" }),
    new CreateGroupCommand({ GroupName: "two", InsightsConfiguration: notify }),
  ])
    expect(await refusal(xray.send(command)), JSON.stringify(command.input)).toMatch(/^InvalidRequestException: /);
  for (const GroupName of ["none", "Default", undefined])
    expect(await refusal(xray.send(new DeleteGroupCommand({ GroupName })))).toMatch(/^InvalidRequestException: /);
});

test("groups and rules have tags, and nothing else has", async () => {
  await using made = await xrayCloud();
  const { xray } = made;
  const any = { ResourceARN: "*", ServiceName: "*", ServiceType: "*", Host: "*", HTTPMethod: "*", URLPath: "*" };
  const SamplingRule = { ...any, RuleName: "base", Priority: 1, FixedRate: 0, ReservoirSize: 0, Version: 1 };
  const Tags = [{ Key: "team", Value: "a" }];
  const { Group } = await xray.send(new CreateGroupCommand({ GroupName: "Test", Tags }));
  const { SamplingRuleRecord } = await xray.send(new CreateSamplingRuleCommand({ SamplingRule, Tags }));
  for (const ResourceARN of [Group?.GroupARN, SamplingRuleRecord?.SamplingRule?.RuleARN]) {
    const listed = async () => (await xray.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags;
    expect(await listed()).toEqual(Tags);
    await xray.send(
      new TagResourceCommand({
        ResourceARN,
        Tags: [
          { Key: "team", Value: "b" },
          { Key: "x", Value: "" },
        ],
      }),
    );
    await xray.send(new UntagResourceCommand({ ResourceARN, TagKeys: ["x"] }));
    expect(await listed()).toEqual([{ Key: "team", Value: "b" }]);
    const many = Array.from({ length: 51 }, (_, number) => ({ Key: `k${number}`, Value: "" }));
    expect(await refusal(xray.send(new TagResourceCommand({ ResourceARN, Tags: many })))).toMatch(/^TooManyTags/);
  }
  const none = `arn:aws:xray:us-east-1:${TEST_ACCOUNT}:group/none/A`;
  expect(await refusal(xray.send(new ListTagsForResourceCommand({ ResourceARN: none })))).toMatch(/^ResourceNotFound/);
});

test("encryption is told, and changed to a key that may be used", async () => {
  await using made = await xrayCloud();
  const { cloud, xray } = made;
  const told = async () => (await xray.send(new GetEncryptionConfigCommand({}))).EncryptionConfig;
  expect(await told()).toEqual({ Status: "ACTIVE", Type: "NONE" });
  const kms = cloud.client(KMSClient);
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  const put = (input: object) => xray.send(new PutEncryptionConfigCommand({ Type: "KMS", ...input }));
  const KeyId = KeyMetadata?.Arn;
  expect((await put({ KeyId: KeyMetadata?.KeyId })).EncryptionConfig).toEqual({
    KeyId,
    Status: "UPDATING",
    Type: "KMS",
  });
  expect(await told()).toEqual({ KeyId, Status: "ACTIVE", Type: "KMS" });
  const asymmetric = await kms.send(new CreateKeyCommand({ KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" }));
  for (const input of [{}, { KeyId: "none" }, { KeyId: asymmetric.KeyMetadata?.KeyId }, { Type: "NONE", KeyId: "x" }])
    expect(await refusal(put(input)), JSON.stringify(input)).toMatch(/^InvalidRequestException: /);
  expect((await put({ Type: "NONE" })).EncryptionConfig).toEqual({ Status: "UPDATING", Type: "NONE" });
});

test("resource policies are kept by revision", async () => {
  await using made = await xrayCloud();
  const { xray } = made;
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [] });
  const put = (input: object) => xray.send(new PutResourcePolicyCommand({ PolicyName: "p", PolicyDocument, ...input }));
  expect((await put({ PolicyRevisionId: "0" })).ResourcePolicy).toMatchObject({
    PolicyName: "p",
    PolicyRevisionId: "1",
  });
  expect(await refusal(put({ PolicyRevisionId: "0" }))).toMatch(/^InvalidPolicyRevisionIdException: /);
  expect((await put({})).ResourcePolicy).toMatchObject({ PolicyRevisionId: "2", PolicyDocument });
  expect(await refusal(put({ PolicyDocument: "{" }))).toMatch(/^MalformedPolicyDocumentException: /);
  expect(await refusal(put({ PolicyDocument: "x".repeat(6000) }))).toMatch(/^PolicySizeLimitExceededException: /);
  for (const PolicyName of ["q", "r", "s", "t"]) await put({ PolicyName });
  expect(await refusal(put({ PolicyName: "u" }))).toMatch(/^PolicyCountLimitExceededException: /);
  await xray.send(new DeleteResourcePolicyCommand({ PolicyName: "p" }));
  const { ResourcePolicies } = await xray.send(new ListResourcePoliciesCommand({}));
  expect(ResourcePolicies?.map(({ PolicyName }) => PolicyName)).toEqual(["q", "r", "s", "t"]);
});

test("insights are not built, by name", async () => {
  await using made = await xrayCloud();
  const command = new GetInsightSummariesCommand({
    StartTime: new Date(0),
    EndTime: new Date(1),
    GroupName: "Default",
  });
  expect(await refusal(made.xray.send(command))).toMatch(/^NotImplemented: .*xray:GetInsightSummaries/);
});
