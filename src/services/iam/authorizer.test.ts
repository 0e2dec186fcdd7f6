import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DetachRolePolicyCommand,
  IAMClient,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutResourcePolicyCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { describe, expect, test } from "vitest";
import { TEST_ACCOUNT, type TestCloud, testCloud } from "../../../test/harness.ts";

const trusting = (principal: object) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: principal, Action: ["sts:AssumeRole", "sts:TagSession"] }],
  });
const policy = (Effect: "Allow" | "Deny", Action: string | string[], Resource = "*", more: object = {}) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect, Action, Resource, ...more }] });

const RoleName = "app";
const RoleArn = `arn:aws:iam::${TEST_ACCOUNT}:role/app`;

const withRole = async (cloud: TestCloud, trust: object = { AWS: TEST_ACCOUNT }) => {
  const iam = cloud.client(IAMClient);
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trusting(trust) }));
  await cloud.client(SecretsManagerClient).send(new CreateSecretCommand({ Name: "token", SecretString: "s3cret" }));
  return iam;
};

/** A client under a session of the role. */
const asRole = async (cloud: TestCloud, more: object = {}) => {
  const { Credentials } = await cloud
    .client(STSClient)
    .send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "one", ...more }));
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = Credentials ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
};
const read = (cloud: TestCloud, credentials: Awaited<ReturnType<typeof asRole>>) =>
  cloud.client(SecretsManagerClient, { credentials }).send(new GetSecretValueCommand({ SecretId: "token" }));

describe("a session of a role", () => {
  test("is who STS says, and may do nothing that no policy allows", async () => {
    await using cloud = await testCloud();
    await withRole(cloud);
    const credentials = await asRole(cloud);
    const identity = await cloud.client(STSClient, { credentials }).send(new GetCallerIdentityCommand({}));
    expect(identity.Arn).toBe(`arn:aws:sts::${TEST_ACCOUNT}:assumed-role/app/one`);
    expect(identity.UserId).toMatch(/^AROA[A-Z2-7]{17}:one$/);
    await expect(read(cloud, credentials)).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: expect.stringMatching(
        /^User: arn:aws:sts::123456789012:assumed-role\/app\/one is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:us-east-1:123456789012:secret:token-\w{6} because no identity-based policy allows the secretsmanager:GetSecretValue action$/,
      ),
    });
  });

  test("may do what an inline policy allows from the moment it is written", async () => {
    await using cloud = await testCloud();
    const iam = await withRole(cloud);
    const credentials = await asRole(cloud);
    await expect(read(cloud, credentials)).rejects.toThrow("not authorized");
    const PolicyDocument = policy("Allow", "secretsmanager:GetSecretValue");
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "read", PolicyDocument }));
    expect((await read(cloud, credentials)).SecretString).toBe("s3cret");
  });

  test("may do what an attached policy of AWS allows until it is detached", async () => {
    await using cloud = await testCloud();
    const iam = await withRole(cloud);
    const credentials = await asRole(cloud);
    const PolicyArn = "arn:aws:iam::aws:policy/SecretsManagerReadWrite";
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    expect((await read(cloud, credentials)).SecretString).toBe("s3cret");
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    await expect(read(cloud, credentials)).rejects.toThrow("because no identity-based policy allows");
  });

  test("may do no more than its boundary and its session policy allow", async () => {
    await using cloud = await testCloud();
    const iam = await withRole(cloud);
    await iam.send(
      new PutRolePolicyCommand({ RoleName, PolicyName: "all", PolicyDocument: policy("Allow", "secretsmanager:*") }),
    );
    const narrow = await asRole(cloud, { Policy: policy("Allow", "s3:*") });
    await expect(read(cloud, narrow)).rejects.toThrow("because no session policy allows");
    const credentials = await asRole(cloud);
    const PermissionsBoundary = "arn:aws:iam::aws:policy/AmazonS3FullAccess";
    await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary }));
    await expect(read(cloud, credentials)).rejects.toThrow("because no permissions boundary allows");
  });

  test("is denied by a resource's policy, as is the root", async () => {
    await using cloud = await testCloud();
    const iam = await withRole(cloud);
    await iam.send(
      new PutRolePolicyCommand({ RoleName, PolicyName: "all", PolicyDocument: policy("Allow", "secretsmanager:*") }),
    );
    const ResourcePolicy = policy("Deny", "secretsmanager:GetSecretValue", "*", { Principal: "*" });
    const root = cloud.client(SecretsManagerClient);
    await root.send(new PutResourcePolicyCommand({ SecretId: "token", ResourcePolicy }));
    await expect(read(cloud, await asRole(cloud))).rejects.toThrow("with an explicit deny in a resource-based policy");
    await expect(root.send(new GetSecretValueCommand({ SecretId: "token" }))).rejects.toThrow("with an explicit deny");
  });

  test("outlives its role and may then do nothing, even when the name is given again", async () => {
    await using cloud = await testCloud();
    const iam = await withRole(cloud);
    const credentials = await asRole(cloud);
    await iam.send(new DeleteRoleCommand({ RoleName }));
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trusting({ AWS: "*" }) }));
    const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    await expect(read(cloud, credentials)).rejects.toThrow("not authorized");
    expect((await read(cloud, await asRole(cloud))).SecretString).toBe("s3cret");
  });

  test("is bound by its session's tags", async () => {
    await using cloud = await testCloud();
    const iam = await withRole(cloud);
    const Condition = { StringEquals: { "aws:PrincipalTag/team": "facts" } };
    const PolicyDocument = policy("Allow", "secretsmanager:*", "*", { Condition });
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "all", PolicyDocument }));
    const tagged = await asRole(cloud, { Tags: [{ Key: "team", Value: "facts" }] });
    expect((await read(cloud, tagged)).SecretString).toBe("s3cret");
    await expect(read(cloud, await asRole(cloud))).rejects.toThrow("not authorized");
  });
});

test("which roles may be assumed can be told by their tags", async () => {
  await using cloud = await testCloud();
  const iam = await withRole(cloud);
  const tags = {
    Condition: { StringEquals: { "iam:ResourceTag/for": "publishing", "aws:ResourceTag/for": "publishing" } },
  };
  const PolicyDocument = policy("Allow", "sts:AssumeRole", "*", tags);
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "assume", PolicyDocument }));
  const AssumeRolePolicyDocument = trusting({ AWS: "arn:aws:iam::123456789012:root" });
  for (const [name, Value] of [
    ["publisher", "publishing"],
    ["reader", "reading"],
  ] as const) {
    await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument, Tags: [{ Key: "for", Value }] }));
  }
  const sts = cloud.client(STSClient, { credentials: await asRole(cloud) });
  const assume = (name: string) =>
    sts.send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::123456789012:role/${name}`, RoleSessionName: "one" }));
  expect((await assume("publisher")).AssumedRoleUser?.Arn).toContain("assumed-role/publisher/one");
  await expect(assume("reader")).rejects.toThrow("no identity-based policy allows the sts:AssumeRole action");
});

test("handing a role to a service asks for iam:PassRole on it", async () => {
  await using cloud = await testCloud();
  const iam = await withRole(cloud);
  const InstanceProfileName = "p";
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName }));
  const put = (PolicyName: string, PolicyDocument: string) =>
    iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
  await put("profiles", policy("Allow", "iam:AddRoleToInstanceProfile"));
  const session = cloud.client(IAMClient, { credentials: await asRole(cloud) });
  const hand = () => session.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName }));
  await expect(hand()).rejects.toThrow(
    `is not authorized to perform: iam:PassRole on resource: ${RoleArn} because no identity-based policy allows the iam:PassRole action`,
  );
  const to = (service: string) => ({ Condition: { StringEquals: { "iam:PassedToService": service } } });
  await put("pass", policy("Allow", "iam:PassRole", RoleArn, to("lambda.amazonaws.com")));
  await expect(hand()).rejects.toThrow("iam:PassRole");
  await put("pass", policy("Allow", "iam:PassRole", RoleArn, to("ec2.amazonaws.com")));
  await hand();
});
