import { defineResourceType } from "../../../kernel/resource.ts";
import { capitalized, plain, tagList, unlessMissing } from "../../../kernel/resourceReading.ts";
import type { TagList } from "../../../kernel/resourceTags.ts";
import { orGone } from "./gone.ts";
import { memberPatches } from "./patches.ts";
import { retag, tagsOf } from "./stackTags.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-vpclink.html */
interface VpcLinkProperties {
  readonly Name: string;
  readonly TargetArns: string[];
  readonly Description?: string;
  readonly Tags?: TagList;
}

const membersOf = ({ Name, Description }: VpcLinkProperties) => ({ name: Name, description: Description });

export const vpcLinkType = defineResourceType<VpcLinkProperties>({
  name: "AWS::ApiGateway::VpcLink",
  create: async (ctx, desired) => {
    const { id = "" } = await ctx.call("apigateway", "CreateVpcLink", {
      ...membersOf(desired),
      targetArns: desired.TargetArns,
      tags: tagsOf(ctx, desired.Tags),
    });
    return { physicalId: id, attributes: { VpcLinkId: id } };
  },
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    const patchOperations = memberPatches(membersOf(properties), membersOf(desired));
    if (patchOperations.length > 0)
      await ctx.call("apigateway", "UpdateVpcLink", { vpcLinkId: physicalId, patchOperations });
    await retag(ctx, `/vpclinks/${physicalId}`, properties.Tags, desired.Tags);
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId }) => {
    await orGone(ctx.call("apigateway", "DeleteVpcLink", { vpcLinkId: physicalId }));
  },
  read: async (ctx, physicalId) => {
    const asked = ctx.call("apigateway", "GetVpcLink", { vpcLinkId: physicalId });
    const found = await unlessMissing(asked, "NotFoundException");
    if (!found) return undefined;
    const { name, description, targetArns, tags } = found;
    const properties = plain({ ...capitalized({ name, description, targetArns }), Tags: tagList(tags) });
    return { physicalId, attributes: { VpcLinkId: physicalId }, properties, unread: [] };
  },
});
