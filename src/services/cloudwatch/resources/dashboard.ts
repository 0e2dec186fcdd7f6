import { errorCode } from "../../../kernel/errors.ts";
import { defineResourceType } from "../../../kernel/resource.ts";
import { plain, tagList, unlessMissing } from "../../../kernel/resourceReading.ts";
import { resourceTags, type TagList } from "../../../kernel/resourceTags.ts";
import { changeTags } from "./stackTags.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-dashboard.html */
interface DashboardProperties {
  readonly DashboardName?: string;
  readonly DashboardBody: string;
  readonly Tags?: TagList;
}

export const dashboardType = defineResourceType<DashboardProperties>({
  name: "AWS::CloudWatch::Dashboard",
  read: async (ctx, DashboardName) => {
    const asked = ctx.call("cloudwatch", "GetDashboard", { DashboardName });
    const found = await unlessMissing(asked, "DashboardNotFoundError", "ResourceNotFound");
    if (!found) return undefined;
    const { Tags } = await ctx.call("cloudwatch", "ListTagsForResource", { ResourceARN: found.DashboardArn });
    const properties = plain({ DashboardName, DashboardBody: found.DashboardBody, Tags: tagList(Tags) });
    return { physicalId: DashboardName, attributes: {}, properties, unread: [] };
  },
  create: async (ctx, desired) => {
    const DashboardName = desired.DashboardName ?? ctx.physicalName({ maxLength: 255 });
    const { DashboardBody, Tags } = desired;
    await ctx.call("cloudwatch", "PutDashboard", { DashboardName, DashboardBody, Tags: resourceTags(ctx, Tags) });
    return { physicalId: DashboardName, attributes: {} };
  },
  update: async (ctx, { physicalId, attributes, properties }, { DashboardBody, Tags }) => {
    await ctx.call("cloudwatch", "PutDashboard", { DashboardName: physicalId, DashboardBody });
    const arn = `arn:${ctx.partition}:cloudwatch::${ctx.account}:dashboard/${physicalId}`;
    await changeTags(ctx, arn, properties.Tags, Tags);
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId }) => {
    try {
      await ctx.call("cloudwatch", "DeleteDashboards", { DashboardNames: [physicalId] });
    } catch (error) {
      if (errorCode(error) !== "DashboardNotFoundError") throw error;
    }
  },
});
