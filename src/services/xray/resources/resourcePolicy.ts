import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { plain } from "../../../kernel/resourceReading.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-xray-resourcepolicy.html */
interface ResourcePolicyProperties {
  readonly PolicyName: string;
  readonly PolicyDocument: string;
  readonly BypassPolicyLockoutCheck?: boolean;
}

export const resourcePolicyType = defineResourceType<ResourcePolicyProperties>({
  name: "AWS::XRay::ResourcePolicy",
  create: (ctx, desired) => put(ctx, desired),
  update: (ctx, _current, desired) => put(ctx, desired),
  delete: async (ctx, { physicalId: PolicyName }) => {
    await ctx.call("xray", "DeleteResourcePolicy", { PolicyName });
  },
  read: async (ctx, physicalId) => {
    const found = await find(ctx, physicalId);
    if (!found) return undefined;
    const { PolicyName, PolicyDocument } = found;
    const properties = plain({ PolicyName, PolicyDocument });
    return { physicalId, attributes: {}, properties, unread: ["BypassPolicyLockoutCheck"] };
  },
});

const put = async ({ call }: ResourceContext, desired: ResourcePolicyProperties) => {
  await call("xray", "PutResourcePolicy", desired);
  return { physicalId: desired.PolicyName, attributes: {} };
};

/** AWS tells of all policies, and of none by its name; their most fit one page. */
const find = async ({ call }: ResourceContext, name: string) => {
  const { ResourcePolicies = [] } = await call("xray", "ListResourcePolicies", {});
  return ResourcePolicies.find(({ PolicyName }) => PolicyName === name);
};
