import { known } from "../../../kernel/errors.ts";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { changePolicies, onUser, type PoliciesProperties, unlessGone } from "./policyCalls.ts";
import { readUser } from "./readUser.ts";
import { allTags, goneKeys, type TagProperty } from "./tags.ts";

const MAX_NAME_LENGTH = 64;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-user.html */
interface UserProperties extends PoliciesProperties {
  readonly UserName?: string;
  readonly Path?: string;
  readonly Groups?: readonly string[];
  readonly PermissionsBoundary?: string;
  readonly LoginProfile?: { readonly Password: string; readonly PasswordResetRequired?: boolean };
  readonly Tags?: readonly TagProperty[];
}

export const userType = defineResourceType<UserProperties>({
  name: "AWS::IAM::User",
  create: async (ctx, desired) => {
    const UserName = desired.UserName ?? ctx.physicalName({ maxLength: MAX_NAME_LENGTH });
    const user = await createdUser(ctx, UserName, desired);
    ctx.made(UserName);
    await changeGroups(ctx, UserName, [], desired.Groups ?? []);
    await changeLogin(ctx, UserName, {}, desired);
    await changePolicies(onUser(ctx, UserName), {}, desired);
    return { physicalId: UserName, attributes: { Arn: user.Arn ?? "" } };
  },
  update: async (ctx, { physicalId: UserName, properties: before }, desired) => {
    if (desired.Path !== before.Path) await ctx.call("iam", "UpdateUser", { UserName, NewPath: desired.Path ?? "/" });
    await changeBoundary(ctx, UserName, before, desired);
    await changeGroups(ctx, UserName, before.Groups ?? [], desired.Groups ?? []);
    await changeLogin(ctx, UserName, before, desired);
    await changePolicies(onUser(ctx, UserName), before, desired);
    const Tags = allTags(ctx, desired.Tags);
    const TagKeys = goneKeys(before.Tags, Tags);
    if (TagKeys.length > 0) await ctx.call("iam", "UntagUser", { UserName, TagKeys: [...TagKeys] });
    if (Tags.length > 0) await ctx.call("iam", "TagUser", { UserName, Tags: [...Tags] });
    const { User } = await ctx.call("iam", "GetUser", { UserName });
    return { physicalId: UserName, attributes: { Arn: User?.Arn ?? "" } };
  },
  delete: async (ctx, { physicalId: UserName, properties }) => {
    await changePolicies(onUser(ctx, UserName), properties, {});
    await changeGroups(ctx, UserName, properties.Groups ?? [], []);
    if (properties.LoginProfile) await unlessGone(ctx.call("iam", "DeleteLoginProfile", { UserName }));
    await unlessGone(ctx.call("iam", "DeleteUser", { UserName }));
  },
  read: readUser,
});

const createdUser = async (ctx: ResourceContext, UserName: string, desired: UserProperties) => {
  const { User } = await ctx.call("iam", "CreateUser", {
    UserName,
    Path: desired.Path,
    PermissionsBoundary: desired.PermissionsBoundary,
    Tags: [...allTags(ctx, desired.Tags)],
  });
  return known(User, "the new user");
};

const changeGroups = async (
  ctx: ResourceContext,
  UserName: string,
  before: readonly string[],
  after: readonly string[],
): Promise<void> => {
  for (const GroupName of after.filter((name) => !before.includes(name))) {
    await ctx.call("iam", "AddUserToGroup", { UserName, GroupName });
  }
  for (const GroupName of before.filter((name) => !after.includes(name))) {
    await unlessGone(ctx.call("iam", "RemoveUserFromGroup", { UserName, GroupName }));
  }
};

const changeBoundary = async (
  ctx: ResourceContext,
  UserName: string,
  before: UserProperties,
  { PermissionsBoundary }: UserProperties,
): Promise<void> => {
  if (PermissionsBoundary === before.PermissionsBoundary) return;
  if (PermissionsBoundary === undefined) await ctx.call("iam", "DeleteUserPermissionsBoundary", { UserName });
  else await ctx.call("iam", "PutUserPermissionsBoundary", { UserName, PermissionsBoundary });
};

const changeLogin = async (
  ctx: ResourceContext,
  UserName: string,
  { LoginProfile: before }: UserProperties,
  { LoginProfile: after }: UserProperties,
): Promise<void> => {
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  if (!after) return unlessGone(ctx.call("iam", "DeleteLoginProfile", { UserName }));
  const { Password, PasswordResetRequired } = after;
  await ctx.call("iam", before ? "UpdateLoginProfile" : "CreateLoginProfile", {
    UserName,
    Password,
    PasswordResetRequired,
  });
};
