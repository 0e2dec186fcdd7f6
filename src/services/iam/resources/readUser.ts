import type { ResourceContext, ResourceReading } from "../../../kernel/resource.ts";
import { plain, tagList, unlessMissing } from "../../../kernel/resourceReading.ts";
import { decoded } from "./readRole.ts";

const GONE = "NoSuchEntityException";

/** A user as it is now; AWS: a password it does not tell. */
export const readUser = async (ctx: ResourceContext, UserName: string): Promise<ResourceReading | undefined> => {
  const user = (await unlessMissing(ctx.call("iam", "GetUser", { UserName }), GONE))?.User;
  if (!user) return undefined;
  const { Groups = [] } = await ctx.call("iam", "ListGroupsForUser", { UserName });
  const { AttachedPolicies = [] } = await ctx.call("iam", "ListAttachedUserPolicies", { UserName });
  const { PolicyNames = [] } = await ctx.call("iam", "ListUserPolicies", { UserName });
  const policies = PolicyNames.map(async (PolicyName) => {
    const { PolicyDocument } = await ctx.call("iam", "GetUserPolicy", { UserName, PolicyName });
    return { PolicyName, PolicyDocument: decoded(PolicyDocument) };
  });
  const properties = plain({
    UserName,
    Path: user.Path,
    Groups: Groups.map(({ GroupName }) => GroupName),
    ManagedPolicyArns: AttachedPolicies.map(({ PolicyArn }) => PolicyArn),
    PermissionsBoundary: user.PermissionsBoundary?.PermissionsBoundaryArn,
    Policies: await Promise.all(policies),
    Tags: tagList(user.Tags),
  });
  return { physicalId: UserName, attributes: { Arn: user.Arn ?? "" }, properties, unread: ["LoginProfile"] };
};
