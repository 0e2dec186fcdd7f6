import {
  AddClientIDToOpenIDConnectProviderCommand,
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreateAccountAliasCommand,
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  CreateServiceLinkedRoleCommand,
  CreateUserCommand,
  DeleteAccountAliasCommand,
  DeleteAccountPasswordPolicyCommand,
  DeleteOpenIDConnectProviderCommand,
  DeleteRoleCommand,
  DeleteServiceLinkedRoleCommand,
  GetAccessKeyLastUsedCommand,
  GetAccountAuthorizationDetailsCommand,
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  GetOpenIDConnectProviderCommand,
  GetRoleCommand,
  GetServiceLinkedRoleDeletionStatusCommand,
  IAMClient,
  ListAccountAliasesCommand,
  ListMFADevicesCommand,
  ListOpenIDConnectProvidersCommand,
  TagOpenIDConnectProviderCommand,
  UpdateAccountPasswordPolicyCommand,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect, test } from "vitest";
import { TEST_ACCOUNT, testCloud } from "../../../../test/harness.ts";

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: TEST_ACCOUNT }, Action: "sts:AssumeRole" }],
});

test("an account has one alias, a password policy and a summary", async () => {
  await using cloud = await testCloud();
  const iam = cloud.client(IAMClient);
  await iam.send(new CreateAccountAliasCommand({ AccountAlias: "facts" }));
  expect((await iam.send(new ListAccountAliasesCommand({}))).AccountAliases).toEqual(["facts"]);
  await iam.send(new DeleteAccountAliasCommand({ AccountAlias: "facts" }));
  await expect(iam.send(new DeleteAccountAliasCommand({ AccountAlias: "facts" }))).rejects.toMatchObject({
    name: "NoSuchEntityException",
  });
  await expect(iam.send(new GetAccountPasswordPolicyCommand({}))).rejects.toThrow("cannot be found");
  await iam.send(new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 14, MaxPasswordAge: 90 }));
  const { PasswordPolicy } = await iam.send(new GetAccountPasswordPolicyCommand({}));
  expect(PasswordPolicy).toMatchObject({ MinimumPasswordLength: 14, ExpirePasswords: true, RequireSymbols: false });
  await iam.send(new DeleteAccountPasswordPolicyCommand({}));
  await iam.send(new CreateUserCommand({ UserName: "ada" }));
  expect((await iam.send(new GetAccountSummaryCommand({}))).SummaryMap).toMatchObject({ Users: 1, Roles: 0 });
  expect((await iam.send(new ListMFADevicesCommand({ UserName: "ada" }))).MFADevices).toEqual([]);
});

test("everything in the account is told at once", async () => {
  await using cloud = await testCloud();
  const iam = cloud.client(IAMClient);
  await iam.send(new CreateRoleCommand({ RoleName: "app", AssumeRolePolicyDocument: trust }));
  const PolicyArn = "arn:aws:iam::aws:policy/AWSXrayWriteOnlyAccess";
  await iam.send(new AttachRolePolicyCommand({ RoleName: "app", PolicyArn }));
  await iam.send(new CreateUserCommand({ UserName: "ada" }));
  const details = await iam.send(new GetAccountAuthorizationDetailsCommand({}));
  expect(details.UserDetailList?.map(({ UserName }) => UserName)).toEqual(["ada"]);
  expect(details.RoleDetailList?.[0]).toMatchObject({
    RoleName: "app",
    AttachedManagedPolicies: [{ PolicyArn }],
    RolePolicyList: [],
  });
  expect(details.Policies?.map(({ Arn }) => Arn)).toEqual([PolicyArn]);
  const onlyUsers = await iam.send(new GetAccountAuthorizationDetailsCommand({ Filter: ["User"] }));
  expect([onlyUsers.UserDetailList?.length, onlyUsers.RoleDetailList]).toEqual([1, []]);
});

test("roles and keys tell when they were last used", async () => {
  await using cloud = await testCloud();
  const iam = cloud.client(IAMClient);
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: "app", AssumeRolePolicyDocument: trust }));
  const { Credentials } = await cloud
    .client(STSClient)
    .send(new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: "one" }));
  const lastUsed = async () => (await iam.send(new GetRoleCommand({ RoleName: "app" }))).Role?.RoleLastUsed;
  expect(await lastUsed()).toEqual({});
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = Credentials ?? {};
  const session = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  await cloud.client(STSClient, { credentials: session }).send(new GetCallerIdentityCommand({}));
  expect(await lastUsed()).toEqual({ LastUsedDate: new Date(cloud.clock.now()), Region: "us-east-1" });

  await iam.send(new CreateUserCommand({ UserName: "ada" }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "ada" }));
  const keyId = AccessKey?.AccessKeyId ?? "";
  const keyUsed = async () => iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: keyId }));
  expect(await keyUsed()).toMatchObject({ UserName: "ada", AccessKeyLastUsed: { ServiceName: "N/A", Region: "N/A" } });
  const credentials = { accessKeyId: keyId, secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
  await cloud.client(STSClient, { credentials }).send(new GetCallerIdentityCommand({}));
  expect((await keyUsed()).AccessKeyLastUsed).toMatchObject({ ServiceName: "sts", Region: "us-east-1" });
});

test("a role linked to a service is that service's alone", async () => {
  await using cloud = await testCloud();
  const iam = cloud.client(IAMClient);
  const make = () => iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: "ops.apigateway.amazonaws.com" }));
  const { Role } = await make();
  expect(Role?.Arn).toBe(
    `arn:aws:iam::${TEST_ACCOUNT}:role/aws-service-role/ops.apigateway.amazonaws.com/AWSServiceRoleForAPIGateway`,
  );
  await expect(make()).rejects.toMatchObject({
    name: "InvalidInputException",
    message:
      "Service role name AWSServiceRoleForAPIGateway has been taken in this account, please try a different suffix.",
  });
  const RoleName = "AWSServiceRoleForAPIGateway";
  await expect(iam.send(new DeleteRoleCommand({ RoleName }))).rejects.toMatchObject({
    name: "UnmodifiableEntityException",
  });
  const { DeletionTaskId } = await iam.send(new DeleteServiceLinkedRoleCommand({ RoleName }));
  const status = await iam.send(new GetServiceLinkedRoleDeletionStatusCommand({ DeletionTaskId }));
  expect(status.Status).toBe("SUCCEEDED");
  const suffixed = (AWSServiceName: string) =>
    iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName, CustomSuffix: "mine" }));
  expect((await suffixed("autoscaling.amazonaws.com")).Role?.RoleName).toBe("AWSServiceRoleForAutoScaling_mine");
  await expect(suffixed("batch.amazonaws.com")).rejects.toThrow("Custom suffix is not allowed for batch.amazonaws.com");
  await expect(
    iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: "nobody.amazonaws.com" })),
  ).rejects.toMatchObject({ name: "InvalidInputException" });
});

test("an OpenID Connect provider is kept with its clients", async () => {
  await using cloud = await testCloud();
  const iam = cloud.client(IAMClient);
  const Url = "https://token.actions.githubusercontent.com";
  const make = () => iam.send(new CreateOpenIDConnectProviderCommand({ Url, ClientIDList: ["sts.amazonaws.com"] }));
  const { OpenIDConnectProviderArn } = await make();
  expect(OpenIDConnectProviderArn).toBe(
    `arn:aws:iam::${TEST_ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`,
  );
  await expect(make()).rejects.toMatchObject({ name: "EntityAlreadyExistsException" });
  await iam.send(new AddClientIDToOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, ClientID: "more" }));
  await iam.send(new TagOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, Tags: [{ Key: "a", Value: "1" }] }));
  const found = await iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }));
  expect(found).toMatchObject({
    Url: "token.actions.githubusercontent.com",
    ClientIDList: ["sts.amazonaws.com", "more"],
    Tags: [{ Key: "a", Value: "1" }],
  });
  expect((await iam.send(new ListOpenIDConnectProvidersCommand({}))).OpenIDConnectProviderList).toHaveLength(1);
  await iam.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }));
  await expect(iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }))).rejects.toThrow(
    "not found",
  );
});
