import { errorCode } from "../../../kernel/errors.ts";
import { defineResourceType } from "../../../kernel/resource.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-dashboard.html */
interface DashboardProperties {
  readonly DashboardName?: string;
  readonly DashboardBody: string;
}

export const dashboardType = defineResourceType<DashboardProperties>({
  name: "AWS::CloudWatch::Dashboard",
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
