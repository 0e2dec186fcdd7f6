import { defineResourceType } from "../../../kernel/resource.ts";
import { readApplication } from "./readApplication.ts";
import { arnOf, changeTags, type Tags, tagsOf } from "./stackTags.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codedeploy-application.html */
interface ApplicationProperties {
  readonly ApplicationName?: string;
  readonly ComputePlatform?: "Server" | "Lambda" | "ECS";
  readonly Tags?: Tags;
}

const MAX_NAME_LENGTH = 100;

export const applicationType = defineResourceType<ApplicationProperties>({
  name: "AWS::CodeDeploy::Application",
  create: async (ctx, desired) => {
    const applicationName = desired.ApplicationName ?? ctx.physicalName({ maxLength: MAX_NAME_LENGTH });
    await ctx.call("codedeploy", "CreateApplication", {
      applicationName,
      computePlatform: desired.ComputePlatform ?? "Server",
      tags: tagsOf(ctx, desired.Tags),
    });
    return { physicalId: applicationName, attributes: {} };
  },
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    await changeTags(ctx, arnOf(ctx, "application", physicalId), properties.Tags, desired.Tags);
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId }) => {
    await ctx.call("codedeploy", "DeleteApplication", { applicationName: physicalId });
  },
  read: readApplication,
});
