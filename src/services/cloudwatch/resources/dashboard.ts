import { errorCode } from "../../../kernel/errors.ts";
import { defineResourceType } from "../../../kernel/resource.ts";
import { plain, unlessMissing } from "../../../kernel/resourceReading.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-dashboard.html */
interface DashboardProperties {
  readonly DashboardName?: string;
  readonly DashboardBody: string;
}

export const dashboardType = defineResourceType<DashboardProperties>({
  name: "AWS::CloudWatch::Dashboard",
  read: async (ctx, DashboardName) => {
    const asked = ctx.call("cloudwatch", "GetDashboard", { DashboardName });
    const found = await unlessMissing(asked, "DashboardNotFoundError", "ResourceNotFound");
    const properties = found && plain({ DashboardName, DashboardBody: found.DashboardBody });
    return properties && { physicalId: DashboardName, attributes: {}, properties, unread: ["Tags"] };
  },
  create: async (ctx, desired) => {
    const DashboardName = desired.DashboardName ?? ctx.physicalName({ maxLength: 255 });
    await ctx.call("cloudwatch", "PutDashboard", { DashboardName, DashboardBody: desired.DashboardBody });
    return { physicalId: DashboardName, attributes: {} };
  },
  update: async (ctx, { physicalId, attributes }, { DashboardBody }) => {
    await ctx.call("cloudwatch", "PutDashboard", { DashboardName: physicalId, DashboardBody });
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
