import type { ResourceContext, ResourceReading } from "../../../kernel/resource.ts";
import { plain, tagList, unlessMissing } from "../../../kernel/resourceReading.ts";
import { arnOf } from "./stackTags.ts";

/** An application as it is now. */
export const readApplication = async (
  ctx: ResourceContext,
  applicationName: string,
): Promise<ResourceReading | undefined> => {
  const asked = ctx.call("codedeploy", "GetApplication", { applicationName });
  const application = (await unlessMissing(asked, "ApplicationDoesNotExistException"))?.application;
  if (!application) return undefined;
  const { Tags } = await ctx.call("codedeploy", "ListTagsForResource", {
    ResourceArn: arnOf(ctx, "application", applicationName),
  });
  const properties = plain({
    ApplicationName: applicationName,
    ComputePlatform: application.computePlatform,
    Tags: tagList(Tags),
  });
  return { physicalId: applicationName, attributes: {}, properties, unread: [] };
};
