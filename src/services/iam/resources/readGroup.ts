import { plain, type ResourceReader, unlessMissing } from "../../../kernel/resourceReading.ts";
import { decoded } from "./readRole.ts";

/** A group as it is now, with its policies. */
export const readGroup: ResourceReader = async (ctx, GroupName) => {
  const group = (await unlessMissing(ctx.call("iam", "GetGroup", { GroupName }), "NoSuchEntityException"))?.Group;
  if (!group) return undefined;
  const { AttachedPolicies = [] } = await ctx.call("iam", "ListAttachedGroupPolicies", { GroupName });
  const { PolicyNames = [] } = await ctx.call("iam", "ListGroupPolicies", { GroupName });
  const policies = PolicyNames.map(async (PolicyName) => {
    const { PolicyDocument } = await ctx.call("iam", "GetGroupPolicy", { GroupName, PolicyName });
    return { PolicyName, PolicyDocument: decoded(PolicyDocument) };
  });
  const properties = plain({
    GroupName,
    Path: group.Path,
    ManagedPolicyArns: AttachedPolicies.map(({ PolicyArn }) => PolicyArn),
    Policies: await Promise.all(policies),
  });
  return { physicalId: GroupName, attributes: { Arn: group.Arn ?? "" }, properties, unread: [] };
};
