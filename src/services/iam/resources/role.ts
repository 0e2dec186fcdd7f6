import { known } from "../../../kernel/errors.ts";
import type { JsonValue } from "../../../kernel/json.ts";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { changePolicies, documentText, onRole, type PoliciesProperties, unlessGone } from "./policyCalls.ts";
import { readRole } from "./readRole.ts";
import { allTags, goneKeys, type TagProperty } from "./tags.ts";

const MAX_NAME_LENGTH = 64;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html */
interface RoleProperties extends PoliciesProperties {
  readonly RoleName?: string;
  readonly Path?: string;
  readonly AssumeRolePolicyDocument: JsonValue;
  readonly Description?: string;
  readonly MaxSessionDuration?: number;
  readonly PermissionsBoundary?: string;
  readonly Tags?: readonly TagProperty[];
}

export const roleType = defineResourceType<RoleProperties>({
  name: "AWS::IAM::Role",
  create: async (ctx, desired) => {
    const RoleName = desired.RoleName ?? ctx.physicalName({ maxLength: MAX_NAME_LENGTH });
    const role = await createdRole(ctx, RoleName, desired);
    ctx.made(RoleName);
    await changePolicies(onRole(ctx, RoleName), {}, desired);
    return { physicalId: RoleName, attributes: { Arn: role.Arn ?? "", RoleId: role.RoleId ?? "" } };
  },
  update: async (ctx, { physicalId: RoleName, attributes, properties: before }, desired) => {
    const trust = documentText(desired.AssumeRolePolicyDocument);
    if (trust !== documentText(before.AssumeRolePolicyDocument)) {
      await ctx.call("iam", "UpdateAssumeRolePolicy", { RoleName, PolicyDocument: trust });
    }
    await changeSettings(ctx, RoleName, before, desired);
    await changePolicies(onRole(ctx, RoleName), before, desired);
    const Tags = allTags(ctx, desired.Tags);
    const TagKeys = goneKeys(before.Tags, Tags);
    if (TagKeys.length > 0) await ctx.call("iam", "UntagRole", { RoleName, TagKeys: [...TagKeys] });
    if (Tags.length > 0) await ctx.call("iam", "TagRole", { RoleName, Tags: [...Tags] });
    return { physicalId: RoleName, attributes };
  },
  delete: async (ctx, { physicalId: RoleName, properties }) => {
    await changePolicies(onRole(ctx, RoleName), properties, {});
    await unlessGone(ctx.call("iam", "DeleteRole", { RoleName }));
  },
  read: readRole,
});

const createdRole = async (ctx: ResourceContext, RoleName: string, desired: RoleProperties) => {
  const { Role } = await ctx.call("iam", "CreateRole", {
    RoleName,
    Path: desired.Path,
    AssumeRolePolicyDocument: documentText(desired.AssumeRolePolicyDocument),
    // AWS: a stack's role has a description, be it an empty one.
    Description: desired.Description ?? "",
    MaxSessionDuration: desired.MaxSessionDuration,
    PermissionsBoundary: desired.PermissionsBoundary,
    Tags: [...allTags(ctx, desired.Tags)],
  });
  return known(Role, "the new role");
};

const changeSettings = async (
  ctx: ResourceContext,
  RoleName: string,
  before: RoleProperties,
  { Description, MaxSessionDuration, PermissionsBoundary }: RoleProperties,
): Promise<void> => {
  if (Description !== before.Description || MaxSessionDuration !== before.MaxSessionDuration) {
    await ctx.call("iam", "UpdateRole", {
      RoleName,
      Description: Description ?? "",
      MaxSessionDuration: MaxSessionDuration ?? 3600,
    });
  }
  if (PermissionsBoundary === before.PermissionsBoundary) return;
  if (PermissionsBoundary === undefined) await ctx.call("iam", "DeleteRolePermissionsBoundary", { RoleName });
  else await ctx.call("iam", "PutRolePermissionsBoundary", { RoleName, PermissionsBoundary });
};
