import { CreateRoleCommand, CreateUserCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  AssumeRoleCommand,
  AssumeRoleWithSAMLCommand,
  GetAccessKeyInfoCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from "@aws-sdk/client-sts";
import { describe, expect, test } from "vitest";
import { TEST_ACCOUNT, type TestCloud, testCloud } from "../../../../test/harness.ts";
import { keyOf } from "../../../../test/userKey.ts";
import { assumeRole } from "../../../kernel/assumeRole.ts";
import { rootOf } from "../../../kernel/principal.ts";

const RoleArn = `arn:aws:iam::${TEST_ACCOUNT}:role/app`;

const withRole = async (cloud: TestCloud, Principal: object, more: { Condition?: object; Action?: unknown } = {}) => {
  const statement = { Effect: "Allow", Principal, Action: "sts:AssumeRole", ...more };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  await cloud.client(IAMClient).send(new CreateRoleCommand({ RoleName: "app", AssumeRolePolicyDocument }));
};

type Assume = Partial<ConstructorParameters<typeof AssumeRoleCommand>[0]>;
const assume = (sts: STSClient, more: Assume = {}) =>
  sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "one", ...more }));

const asSession = (cloud: TestCloud, { Credentials }: Awaited<ReturnType<typeof assume>>) => {
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = Credentials ?? {};
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  return cloud.client(STSClient, { credentials });
};

const asUser = async (cloud: TestCloud, UserName: string) => {
  const iam = cloud.client(IAMClient);
  await iam.send(new CreateUserCommand({ UserName }));
  return cloud.client(STSClient, { credentials: await keyOf(iam, UserName) });
};

describe("AssumeRole", () => {
  test("gives credentials that end when they say", async () => {
    await using cloud = await testCloud();
    await withRole(cloud, { AWS: TEST_ACCOUNT });
    const given = await assume(cloud.client(STSClient), { DurationSeconds: 900 });
    expect(given.AssumedRoleUser).toEqual({
      Arn: `arn:aws:sts::${TEST_ACCOUNT}:assumed-role/app/one`,
      AssumedRoleId: expect.stringMatching(/^AROA.*:one$/),
    });
    expect(given.Credentials).toMatchObject({
      AccessKeyId: expect.stringMatching(/^ASIA/),
      Expiration: new Date(cloud.clock.now() + 900_000),
    });
    const session = asSession(cloud, given);
    expect((await session.send(new GetCallerIdentityCommand({}))).Account).toBe(TEST_ACCOUNT);
    cloud.clock.advance(901_000);
    await expect(session.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: "ExpiredToken",
    });
  });

  test("asks the trust policy, which may ask for an external id", async () => {
    await using cloud = await testCloud();
    const user = await asUser(cloud, "ada");
    const principal = { AWS: `arn:aws:iam::${TEST_ACCOUNT}:user/ada` };
    await withRole(cloud, principal, { Condition: { StringEquals: { "sts:ExternalId": "please" } } });
    await expect(assume(user)).rejects.toMatchObject({
      name: "AccessDenied",
      message: `User: arn:aws:iam::${TEST_ACCOUNT}:user/ada is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
    });
    expect((await assume(user, { ExternalId: "please" })).Credentials?.SessionToken).toBeTruthy();
    const other = await asUser(cloud, "bob");
    await expect(assume(other, { ExternalId: "please" })).rejects.toMatchObject({ name: "AccessDenied" });
    await expect(assume(user, { RoleArn: `${RoleArn}s`, ExternalId: "please" })).rejects.toThrow("is not authorized");
  });

  test("keeps within the durations of the role and of role chaining", async () => {
    await using cloud = await testCloud();
    await withRole(cloud, { AWS: TEST_ACCOUNT });
    const root = cloud.client(STSClient);
    await expect(assume(root, { DurationSeconds: 3601 })).rejects.toMatchObject({
      name: "ValidationError",
      message: "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    });
    await expect(assume(root, { DurationSeconds: 1 })).rejects.toMatchObject({ name: "ValidationError" });
    const PolicyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" },
    });
    await cloud.client(IAMClient).send(new PutRolePolicyCommand({ RoleName: "app", PolicyName: "p", PolicyDocument }));
    const session = asSession(cloud, await assume(root));
    await expect(assume(session, { DurationSeconds: 3601 })).rejects.toThrow("role chaining");
    expect((await assume(session, { RoleSessionName: "two" })).AssumedRoleUser?.Arn).toMatch(/\/two$/);
  });

  test("refuses session policies that are none", async () => {
    await using cloud = await testCloud();
    await withRole(cloud, { AWS: TEST_ACCOUNT });
    await expect(assume(cloud.client(STSClient), { Policy: "{}" })).rejects.toMatchObject({
      name: "MalformedPolicyDocumentException",
    });
    const given = await assume(cloud.client(STSClient), {
      PolicyArns: [{ arn: "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess" }],
    });
    expect(given.PackedPolicySize).toBe(3);
  });

  test("asks for permission to tag the session", async () => {
    await using cloud = await testCloud();
    await withRole(cloud, { AWS: TEST_ACCOUNT });
    const Tags = [{ Key: "team", Value: "facts" }];
    await expect(assume(cloud.client(STSClient), { Tags })).rejects.toThrow(
      "is not authorized to perform: sts:TagSession",
    );
  });
});

test("transitive tags go along with every further role, and are not set again", async () => {
  await using cloud = await testCloud();
  await withRole(cloud, { AWS: TEST_ACCOUNT }, { Action: ["sts:AssumeRole", "sts:TagSession"] });
  const PolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Resource: RoleArn,
      Condition: { StringEquals: { "aws:PrincipalTag/team": "facts" } },
    },
  });
  await cloud.client(IAMClient).send(new PutRolePolicyCommand({ RoleName: "app", PolicyName: "p", PolicyDocument }));
  const root = cloud.client(STSClient);
  const Tags = [
    { Key: "team", Value: "facts" },
    { Key: "step", Value: "1" },
  ];
  const first = asSession(cloud, await assume(root, { Tags, TransitiveTagKeys: ["Team"] }));
  const second = asSession(cloud, await assume(first, { RoleSessionName: "two" }));
  expect((await assume(second, { RoleSessionName: "three" })).AssumedRoleUser?.Arn).toMatch(/three$/);
  const refused = { name: "InvalidParameterValue" };
  await expect(assume(first, { Tags: [{ Key: "TEAM", Value: "x" }] })).rejects.toMatchObject({
    ...refused,
    message: expect.stringContaining("conflicts with a transitive tag key from the calling session"),
  });
  await expect(assume(root, { Tags, TransitiveTagKeys: ["other"] })).rejects.toMatchObject({
    ...refused,
    message: "The specified transitive tag key must be included in the requested tags.",
  });
});

test.each([
  "nothing-valid-in-here-at-all",
  "arn::iam::1:role/test-role",
  "arn:a:::something/test-role",
  "arn:a:a::aaaaaaaaaaaa:",
])("%s is no ARN of a role", async (RoleArn) => {
  await using cloud = await testCloud();
  await expect(assume(cloud.client(STSClient), { RoleArn })).rejects.toMatchObject({
    name: "ValidationError",
    message: `${RoleArn} is invalid`,
  });
});

test("a service assumes a role that trusts it, and no other", async () => {
  await using cloud = await testCloud();
  const sourceArn = `arn:aws:lambda:us-east-1:${TEST_ACCOUNT}:function:f`;
  await withRole(
    cloud,
    { Service: "lambda.amazonaws.com" },
    { Condition: { ArnLike: { "aws:SourceArn": sourceArn } } },
  );
  const opened = await cloud.rooms.open("sts", TEST_ACCOUNT, "us-east-1");
  expect(opened).toBeDefined();
  const room = opened?.room.room as { contextAs(principal: object): Parameters<typeof assumeRole>[0] };
  const ctx = room.contextAs(rootOf(TEST_ACCOUNT));
  const under = await assumeRole(ctx, { service: "lambda.amazonaws.com", sourceArn }, RoleArn, "f");
  expect(under.principal).toMatchObject({ kind: "role", roleName: "app", sessionName: "f-", account: TEST_ACCOUNT });
  await expect(assumeRole(ctx, { service: "lambda.amazonaws.com" }, RoleArn, "f")).rejects.toThrow("not authorized");
  await expect(assumeRole(ctx, { service: "codebuild.amazonaws.com", sourceArn }, RoleArn, "f")).rejects.toMatchObject({
    code: "AccessDenied",
  });
});

test("an account that is trusted assumes a role of another, and then acts there", async () => {
  await using cloud = await testCloud();
  const other = "444455556666";
  await withRole(cloud, { AWS: `arn:aws:iam::${other}:root` });
  const opened = await cloud.rooms.open("sts", TEST_ACCOUNT, "us-east-1");
  const room = opened?.room.room as { contextAs(principal: object): Parameters<typeof assumeRole>[0] };
  const assumed = await room.contextAs(rootOf(other)).call("sts", "AssumeRole", { RoleArn, RoleSessionName: "guest" });
  const session = asSession(cloud, { ...assumed, $metadata: {} } as Awaited<ReturnType<typeof assume>>);
  expect(await session.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: TEST_ACCOUNT,
    Arn: `arn:aws:sts::${TEST_ACCOUNT}:assumed-role/app/guest`,
  });
  const stranger = room.contextAs(rootOf("777788889999"));
  await expect(stranger.call("sts", "AssumeRole", { RoleArn, RoleSessionName: "guest" })).rejects.toThrow(
    "User: arn:aws:iam::777788889999:root is not authorized to perform: sts:AssumeRole",
  );
});

test("a user gets a session token, and a session does not", async () => {
  await using cloud = await testCloud();
  const user = await asUser(cloud, "ada");
  const given = await user.send(new GetSessionTokenCommand({}));
  const session = asSession(cloud, { ...given, $metadata: {} });
  expect((await session.send(new GetCallerIdentityCommand({}))).Arn).toBe(`arn:aws:iam::${TEST_ACCOUNT}:user/ada`);
  await expect(session.send(new GetSessionTokenCommand({}))).rejects.toMatchObject({ name: "AccessDenied" });
  const info = await cloud.client(STSClient).send(new GetAccessKeyInfoCommand({ AccessKeyId: "AKIAIOSFODNN7EXAMPLE" }));
  expect(info.Account).toBe(TEST_ACCOUNT);
});

test("what is not built says so, and needs no signature either", async () => {
  await using cloud = await testCloud();
  const ask = new AssumeRoleWithSAMLCommand({
    RoleArn,
    PrincipalArn: `arn:aws:iam::${TEST_ACCOUNT}:saml-provider/office`,
    SAMLAssertion: "assertion",
  });
  await expect(cloud.client(STSClient).send(ask)).rejects.toMatchObject({ name: "NotImplemented" });
});
