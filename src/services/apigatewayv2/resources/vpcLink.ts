import { defineResourceType } from "../../../kernel/resource.ts";
import { picked, plain, tagMap, unlessMissing } from "../../../kernel/resourceReading.ts";
import { orGone } from "./gone.ts";
import { retag } from "./stackTags.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-vpclink.html */
interface VpcLinkProperties {
  readonly Name: string;
  readonly SubnetIds: string[];
  readonly SecurityGroupIds?: string[];
  readonly Tags?: Readonly<Record<string, string>>;
}

export const vpcLinkType = defineResourceType<VpcLinkProperties>({
  name: "AWS::ApiGatewayV2::VpcLink",
  create: async (ctx, { Tags, ...desired }) => {
    const input = { ...desired, Tags: { ...ctx.tags, ...Tags } };
    const { VpcLinkId = "" } = await ctx.call("apigatewayv2", "CreateVpcLink", input);
    return { physicalId: VpcLinkId, attributes: { VpcLinkId } };
  },
  update: async (ctx, { physicalId, attributes, properties }, { Name, Tags }) => {
    await ctx.call("apigatewayv2", "UpdateVpcLink", { VpcLinkId: physicalId, Name });
    await retag(ctx, `/vpclinks/${physicalId}`, properties.Tags, Tags);
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId }) => {
    await orGone(ctx.call("apigatewayv2", "DeleteVpcLink", { VpcLinkId: physicalId }));
  },
  read: async (ctx, physicalId) => {
    const asked = ctx.call("apigatewayv2", "GetVpcLink", { VpcLinkId: physicalId });
    const found = await unlessMissing(asked, "NotFoundException");
    if (!found) return undefined;
    const properties = plain({
      ...picked(found, ["Name", "SecurityGroupIds", "SubnetIds"]),
      Tags: tagMap(found.Tags),
    });
    return { physicalId, attributes: { VpcLinkId: physicalId }, properties, unread: [] };
  },
});
