import {
  GetGroupCommand,
  GetInstanceProfileCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListGroupsForUserCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  ListUsersCommand,
} from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect, test } from "vitest";
import { TEST_ACCOUNT, type TestCloud, testCloud } from "../../../../test/harness.ts";
import { stackOf } from "../../../../test/stackOf.ts";

const StackName = "app";
const trust = (Service = "lambda.amazonaws.com") => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" }],
});
const allow = (Action: string) => ({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] });

/** The means to drive a stack that must go well. */
const goodStack = (cloud: TestCloud) => {
  const stack = stackOf(cloud, StackName, ["CAPABILITY_NAMED_IAM"]);
  return {
    launch: async (Resources: object, Outputs: object = {}) => {
      const { status, reasons, outputs } = await stack.create({ Resources, Outputs });
      expect([status, ...reasons]).toEqual(["CREATE_COMPLETE"]);
      return outputs;
    },
    change: async (Resources: object) => {
      const { status, reasons } = await stack.update({ Resources });
      expect([status, ...reasons]).toEqual(["UPDATE_COMPLETE"]);
    },
    remove: stack.delete,
  };
};

const role = (more: object = {}) => ({
  Type: "AWS::IAM::Role",
  Properties: { RoleName: "r", AssumeRolePolicyDocument: trust(), ...more },
});

test("a role is made with its policies, changed in place and removed", async () => {
  await using cloud = await testCloud();
  const iam = cloud.client(IAMClient);
  const { launch, change, remove } = goodStack(cloud);
  const logs = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
  const xray = "arn:aws:iam::aws:policy/AWSXrayWriteOnlyAccess";
  const policies = [
    { PolicyName: "a", PolicyDocument: allow("s3:*") },
    { PolicyName: "b", PolicyDocument: allow("sqs:*") },
  ];
  const outputs = await launch(
    { Role: role({ Policies: policies, ManagedPolicyArns: [logs], Tags: [{ Key: "team", Value: "facts" }] }) },
    {
      Ref: { Value: { Ref: "Role" } },
      Arn: { Value: { "Fn::GetAtt": ["Role", "Arn"] } },
      Id: { Value: { "Fn::GetAtt": ["Role", "RoleId"] } },
    },
  );
  expect(outputs).toEqual({ Ref: "r", Arn: `arn:aws:iam::${TEST_ACCOUNT}:role/r`, Id: expect.stringMatching(/^AROA/) });
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: "r" }));
  expect(Role?.Tags).toEqual([{ Key: "team", Value: "facts" }]);

  await change({
    Role: role({
      AssumeRolePolicyDocument: trust("codebuild.amazonaws.com"),
      Description: "builds",
      Policies: [{ PolicyName: "b", PolicyDocument: allow("sns:*") }],
      ManagedPolicyArns: [xray],
      PermissionsBoundary: "arn:aws:iam::aws:policy/PowerUserAccess",
    }),
  });
  const changed = (await iam.send(new GetRoleCommand({ RoleName: "r" }))).Role;
  expect(changed).toMatchObject({
    RoleId: outputs["Id"],
    Description: "builds",
    PermissionsBoundary: { PermissionsBoundaryArn: "arn:aws:iam::aws:policy/PowerUserAccess" },
  });
  expect(decodeURIComponent(changed?.AssumeRolePolicyDocument ?? "")).toContain("codebuild.amazonaws.com");
  expect((await iam.send(new ListRolePoliciesCommand({ RoleName: "r" }))).PolicyNames).toEqual(["b"]);
  const { PolicyDocument = "" } = await iam.send(new GetRolePolicyCommand({ RoleName: "r", PolicyName: "b" }));
  expect(JSON.parse(decodeURIComponent(PolicyDocument))).toEqual(allow("sns:*"));
  const { AttachedPolicies } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: "r" }));
  expect(AttachedPolicies).toEqual([{ PolicyName: "AWSXrayWriteOnlyAccess", PolicyArn: xray }]);

  await remove();
  expect((await iam.send(new ListRolesCommand({}))).Roles).toEqual([]);
});

test("policies of their own go to the roles, users and groups they name", async () => {
  await using cloud = await testCloud();
  const iam = cloud.client(IAMClient);
  const { launch, change, remove } = goodStack(cloud);
  const Resources = (Action: string, Roles: readonly object[]) => ({
    One: role(),
    Two: { ...role({ RoleName: "s" }) },
    Policy: { Type: "AWS::IAM::Policy", Properties: { PolicyName: "p", PolicyDocument: allow(Action), Roles } },
    Managed: {
      Type: "AWS::IAM::ManagedPolicy",
      Properties: { ManagedPolicyName: "m", PolicyDocument: allow(Action), Roles },
    },
    Single: {
      Type: "AWS::IAM::RolePolicy",
      Properties: { PolicyName: "single", RoleName: { Ref: "One" }, PolicyDocument: allow(Action) },
    },
  });
  const PolicyArn = `arn:aws:iam::${TEST_ACCOUNT}:policy/m`;
  const policiesOf = async (RoleName: string) => [
    ...((await iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames ?? []),
    ...((await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }))).AttachedPolicies ?? []).map(
      ({ PolicyName }) => PolicyName,
    ),
  ];
  await launch(Resources("s3:*", [{ Ref: "One" }]));
  expect(await policiesOf("r")).toEqual(["p", "single", "m"]);
  expect(await policiesOf("s")).toEqual([]);

  for (const service of ["sns", "sqs", "ssm", "kms", "logs", "events"]) {
    await change(Resources(`${service}:*`, [{ Ref: "Two" }]));
  }
  expect(await policiesOf("r")).toEqual(["single"]);
  expect(await policiesOf("s")).toEqual(["p", "m"]);
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
  expect(Policy).toMatchObject({ DefaultVersionId: "v7", AttachmentCount: 1 });
  const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: "v7" }));
  expect(decodeURIComponent(PolicyVersion?.Document ?? "")).toContain("events:*");

  await remove();
  await expect(iam.send(new GetPolicyCommand({ PolicyArn }))).rejects.toMatchObject({ name: "NoSuchEntityException" });
});

test("a user with groups and a key that works, and a profile", async () => {
  await using cloud = await testCloud();
  const iam = cloud.client(IAMClient);
  const { launch, remove } = goodStack(cloud);
  const outputs = await launch(
    {
      Role: role(),
      Profile: {
        Type: "AWS::IAM::InstanceProfile",
        Properties: { InstanceProfileName: "p", Roles: [{ Ref: "Role" }] },
      },
      Group: { Type: "AWS::IAM::Group", Properties: { GroupName: "g", ManagedPolicyArns: [] } },
      User: {
        Type: "AWS::IAM::User",
        Properties: { UserName: "u", Groups: [{ Ref: "Group" }], LoginProfile: { Password: "open-sesame-1" } },
      },
      Key: { Type: "AWS::IAM::AccessKey", Properties: { UserName: { Ref: "User" } } },
    },
    { Id: { Value: { Ref: "Key" } }, Secret: { Value: { "Fn::GetAtt": ["Key", "SecretAccessKey"] } } },
  );
  const credentials = { accessKeyId: outputs["Id"] ?? "", secretAccessKey: outputs["Secret"] ?? "" };
  const identity = await cloud.client(STSClient, { credentials }).send(new GetCallerIdentityCommand({}));
  expect(identity.Arn).toBe(`arn:aws:iam::${TEST_ACCOUNT}:user/u`);
  expect((await iam.send(new ListGroupsForUserCommand({ UserName: "u" }))).Groups).toHaveLength(1);
  expect((await iam.send(new GetGroupCommand({ GroupName: "g" }))).Users?.map(({ UserName }) => UserName)).toEqual([
    "u",
  ]);
  const { InstanceProfile } = await iam.send(new GetInstanceProfileCommand({ InstanceProfileName: "p" }));
  expect(InstanceProfile?.Roles?.map(({ RoleName }) => RoleName)).toEqual(["r"]);
  await remove();
  expect((await iam.send(new ListUsersCommand({}))).Users).toEqual([]);
});
