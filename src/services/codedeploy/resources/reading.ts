import type { JsonObject } from "../../../kernel/json.ts";
import type { ResourceContext, ResourceReading } from "../../../kernel/resource.ts";
import { capitalized, plain, tagList, textOf, unlessMissing } from "../../../kernel/resourceReading.ts";

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

/** A deployment group as it is now. */
export const readDeploymentGroup = async (
  ctx: ResourceContext,
  physicalId: string,
  given: JsonObject,
): Promise<ResourceReading | undefined> => {
  const applicationName = textOf(given, "ApplicationName");
  if (applicationName === undefined) return undefined;
  const found = await unlessMissing(
    ctx.call("codedeploy", "GetDeploymentGroup", { applicationName, deploymentGroupName: physicalId }),
    "DeploymentGroupDoesNotExistException",
    "ApplicationDoesNotExistException",
  );
  if (!found?.deploymentGroupInfo) return undefined;
  const { Tags } = await ctx.call("codedeploy", "ListTagsForResource", {
    ResourceArn: arnOf(ctx, "deploymentgroup", `${applicationName}/${physicalId}`),
  });
  const properties = plain({ ...capitalized(found.deploymentGroupInfo), Tags: tagList(Tags) });
  return { physicalId, attributes: {}, properties, unread: UNREAD };
};

/** Settings of groups of instances, of which there are none. */
const UNREAD = [
  "AutoScalingGroups",
  "BlueGreenDeploymentConfiguration",
  "Deployment",
  "ECSServices",
  "Ec2TagFilters",
  "Ec2TagSet",
  "LoadBalancerInfo",
  "OnPremisesInstanceTagFilters",
  "OnPremisesTagSet",
  "OutdatedInstancesStrategy",
  "TerminationHookEnabled",
];

/** A deployment configuration as it is now. */
export const readDeploymentConfig = async (
  ctx: ResourceContext,
  deploymentConfigName: string,
): Promise<ResourceReading | undefined> => {
  const asked = ctx.call("codedeploy", "GetDeploymentConfig", { deploymentConfigName });
  const found = await unlessMissing(asked, "DeploymentConfigDoesNotExistException");
  if (!found?.deploymentConfigInfo) return undefined;
  const properties = capitalized(found.deploymentConfigInfo);
  const unread = ["MinimumHealthyHosts", "ZonalConfig"];
  return { physicalId: deploymentConfigName, attributes: {}, properties, unread };
};

const arnOf = ({ partition, region, account }: ResourceContext, kind: string, name: string): string =>
  `arn:${partition}:codedeploy:${region}:${account}:${kind}:${name}`;
