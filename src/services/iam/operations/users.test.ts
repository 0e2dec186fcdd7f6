import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachUserPolicyCommand,
  ChangePasswordCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteGroupCommand,
  DeleteLoginProfileCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  DetachUserPolicyCommand,
  GetGroupCommand,
  GetLoginProfileCommand,
  GetUserCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListGroupsCommand,
  ListGroupsForUserCommand,
  ListUsersCommand,
  PutGroupPolicyCommand,
  PutUserPolicyCommand,
  RemoveUserFromGroupCommand,
  UpdateAccessKeyCommand,
  UpdateGroupCommand,
  UpdateUserCommand,
} from "@aws-sdk/client-iam";
import { describe, expect, test } from "vitest";
import { TEST_ACCOUNT, type TestCloud, testCloud } from "../../../../test/harness.ts";

const UserName = "ada";
const GroupName = "engineers";

/** A client under a new key of the user. */
const asUser = async (cloud: TestCloud) => {
  const { AccessKey } = await cloud.client(IAMClient).send(new CreateAccessKeyCommand({ UserName }));
  const { AccessKeyId = "", SecretAccessKey = "" } = AccessKey ?? {};
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey };
  return { keyId: AccessKeyId, client: cloud.client(IAMClient, { credentials }) };
};

const allow = (Action: string, Resource = "*") =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource }] });

describe("users", () => {
  test("are made, renamed and removed", async () => {
    await using cloud = await testCloud();
    const iam = cloud.client(IAMClient);
    const { User } = await iam.send(new CreateUserCommand({ UserName, Path: "/team/" }));
    expect(User).toMatchObject({ UserName, Arn: `arn:aws:iam::${TEST_ACCOUNT}:user/team/ada` });
    await iam.send(new CreateAccessKeyCommand({ UserName }));
    await iam.send(new UpdateUserCommand({ UserName, NewUserName: "Ada", NewPath: "/" }));
    const renamed = await iam.send(new GetUserCommand({ UserName: "Ada" }));
    expect(renamed.User).toMatchObject({ UserId: User?.UserId, Arn: `arn:aws:iam::${TEST_ACCOUNT}:user/Ada` });
    expect((await iam.send(new ListUsersCommand({}))).Users).toHaveLength(1);
    const { AccessKeyMetadata } = await iam.send(new ListAccessKeysCommand({ UserName: "Ada" }));
    expect(AccessKeyMetadata).toHaveLength(1);
    await expect(iam.send(new DeleteUserCommand({ UserName: "Ada" }))).rejects.toThrow(
      "must delete access keys first.",
    );
    const AccessKeyId = AccessKeyMetadata?.[0]?.AccessKeyId;
    await iam.send(new DeleteAccessKeyCommand({ UserName: "Ada", AccessKeyId }));
    await iam.send(new DeleteUserCommand({ UserName: "Ada" }));
    await expect(iam.send(new GetUserCommand({ UserName: "Ada" }))).rejects.toMatchObject({
      message: "The user with name Ada cannot be found.",
    });
  });

  test("sign with their keys as long as these are active", async () => {
    await using cloud = await testCloud();
    const iam = cloud.client(IAMClient);
    await iam.send(new CreateUserCommand({ UserName }));
    const { client, keyId } = await asUser(cloud);
    await expect(client.send(new GetUserCommand({}))).rejects.toMatchObject({
      name: "AccessDenied",
      message: `User: arn:aws:iam::${TEST_ACCOUNT}:user/ada is not authorized to perform: iam:GetUser on resource: arn:aws:iam::${TEST_ACCOUNT}:user/ada because no identity-based policy allows the iam:GetUser action`,
    });
    const PolicyDocument = allow("iam:GetUser", `arn:aws:iam::${TEST_ACCOUNT}:user/\${aws:username}`);
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "self", PolicyDocument }));
    expect((await client.send(new GetUserCommand({}))).User?.UserName).toBe(UserName);
    await iam.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId: keyId, Status: "Inactive" }));
    await expect(client.send(new GetUserCommand({}))).rejects.toMatchObject({ name: "InvalidClientTokenId" });
    await asUser(cloud);
    await expect(asUser(cloud)).rejects.toMatchObject({
      name: "LimitExceededException",
      message: "Cannot exceed quota for AccessKeysPerUser: 2",
    });
  });

  test("may do what their groups may", async () => {
    await using cloud = await testCloud();
    const iam = cloud.client(IAMClient);
    await iam.send(new CreateUserCommand({ UserName }));
    await iam.send(new CreateGroupCommand({ GroupName }));
    await iam.send(new PutGroupPolicyCommand({ GroupName, PolicyName: "p", PolicyDocument: allow("iam:ListUsers") }));
    const { client } = await asUser(cloud);
    await expect(client.send(new ListUsersCommand({}))).rejects.toThrow("not authorized");
    await iam.send(new AddUserToGroupCommand({ UserName, GroupName }));
    expect((await client.send(new ListUsersCommand({}))).Users).toHaveLength(1);
    await iam.send(new RemoveUserFromGroupCommand({ UserName, GroupName }));
    await expect(client.send(new ListUsersCommand({}))).rejects.toThrow("not authorized");
    await iam.send(new AddUserToGroupCommand({ UserName, GroupName }));
    const PolicyArn = "arn:aws:iam::aws:policy/IAMReadOnlyAccess";
    await iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn }));
    expect((await client.send(new ListGroupsCommand({}))).Groups).toHaveLength(1);
  });

  test("have policies and a password of their own", async () => {
    await using cloud = await testCloud();
    const iam = cloud.client(IAMClient);
    await iam.send(new CreateUserCommand({ UserName }));
    const PolicyArn = "arn:aws:iam::aws:policy/IAMReadOnlyAccess";
    await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn }));
    await expect(iam.send(new DeleteUserCommand({ UserName }))).rejects.toThrow("must detach all policies first.");
    await iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn }));
    await iam.send(new CreateLoginProfileCommand({ UserName, Password: "open-sesame-1", PasswordResetRequired: true }));
    const { LoginProfile } = await iam.send(new GetLoginProfileCommand({ UserName }));
    expect(LoginProfile).toMatchObject({ UserName, PasswordResetRequired: true });
    await expect(iam.send(new DeleteUserCommand({ UserName }))).rejects.toThrow("must delete login profile first.");
    await iam.send(
      new PutUserPolicyCommand({ UserName, PolicyName: "p", PolicyDocument: allow("iam:ChangePassword") }),
    );
    const { client, keyId } = await asUser(cloud);
    const change = (OldPassword: string) =>
      client.send(new ChangePasswordCommand({ OldPassword, NewPassword: "open-sesame-2" }));
    await expect(change("wrong")).rejects.toThrow("The old password was incorrect.");
    await change("open-sesame-1");
    expect((await iam.send(new GetLoginProfileCommand({ UserName }))).LoginProfile?.PasswordResetRequired).toBe(false);
    await iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName: "p" }));
    await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: keyId }));
    await iam.send(new DeleteLoginProfileCommand({ UserName }));
    await iam.send(new DeleteUserCommand({ UserName }));
  });
});

test("a group is renamed with its members and removed without them", async () => {
  await using cloud = await testCloud();
  const iam = cloud.client(IAMClient);
  await iam.send(new CreateUserCommand({ UserName }));
  await iam.send(new CreateGroupCommand({ GroupName }));
  await iam.send(new AddUserToGroupCommand({ UserName, GroupName }));
  await iam.send(new UpdateGroupCommand({ GroupName, NewGroupName: "builders" }));
  const { Group, Users } = await iam.send(new GetGroupCommand({ GroupName: "builders" }));
  expect([Group?.Arn, Users?.map((user) => user.UserName)]).toEqual([
    `arn:aws:iam::${TEST_ACCOUNT}:group/builders`,
    [UserName],
  ]);
  const { Groups } = await iam.send(new ListGroupsForUserCommand({ UserName }));
  expect(Groups?.map((group) => group.GroupName)).toEqual(["builders"]);
  await expect(iam.send(new DeleteGroupCommand({ GroupName: "builders" }))).rejects.toThrow("must remove users");
  await expect(iam.send(new GetGroupCommand({ GroupName }))).rejects.toThrow(
    "The group with name engineers cannot be found.",
  );
});
