import type { JsonValue } from "../../../kernel/json.ts";
import { defineResourceType, type ResourceContext, type ResourceType } from "../../../kernel/resource.ts";
import { documentText, onGroup, onRole, onUser, type PolicyCalls, unlessGone } from "./policyCalls.ts";

interface InlineProperties {
  readonly PolicyName: string;
  readonly PolicyDocument?: JsonValue;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-rolepolicy.html */
interface RolePolicyProperties extends InlineProperties {
  readonly RoleName: string;
}

interface UserPolicyProperties extends InlineProperties {
  readonly UserName: string;
}

interface GroupPolicyProperties extends InlineProperties {
  readonly GroupName: string;
}

/** One inline policy of one identity: the same for roles, users and groups. */
const inlinePolicyType = <P extends InlineProperties>(
  name: string,
  holderOf: (properties: P) => string,
  on: (ctx: ResourceContext, holder: string) => PolicyCalls,
): ResourceType => {
  const put = async (ctx: ResourceContext, properties: P) => {
    const { PolicyName, PolicyDocument = {} } = properties;
    await on(ctx, holderOf(properties)).put(PolicyName, documentText(PolicyDocument));
  };
  return defineResourceType<P>({
    name,
    create: async (ctx, desired) => {
      await put(ctx, desired);
      return { physicalId: `${desired.PolicyName}|${holderOf(desired)}`, attributes: {} };
    },
    update: async (ctx, { physicalId, attributes }, desired) => {
      await put(ctx, desired);
      return { physicalId, attributes };
    },
    delete: async (ctx, { properties }) => unlessGone(on(ctx, holderOf(properties)).remove(properties.PolicyName)),
  });
};

export const rolePolicyType = inlinePolicyType<RolePolicyProperties>(
  "AWS::IAM::RolePolicy",
  ({ RoleName }) => RoleName,
  onRole,
);

export const userPolicyType = inlinePolicyType<UserPolicyProperties>(
  "AWS::IAM::UserPolicy",
  ({ UserName }) => UserName,
  onUser,
);

export const groupPolicyType = inlinePolicyType<GroupPolicyProperties>(
  "AWS::IAM::GroupPolicy",
  ({ GroupName }) => GroupName,
  onGroup,
);
