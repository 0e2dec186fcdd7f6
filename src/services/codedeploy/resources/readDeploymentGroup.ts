import type { JsonObject } from "../../../kernel/json.ts";
import type { ResourceContext, ResourceReading } from "../../../kernel/resource.ts";
import { capitalized, plain, tagList, textOf, unlessMissing } from "../../../kernel/resourceReading.ts";
import { arnOf } from "./stackTags.ts";

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
  return { physicalId, attributes: {}, properties, unread: FLEET_PROPERTIES };
};

/** Of fleets and their load balancers, which this cloud has not. */
export const FLEET_PROPERTIES: readonly string[] = [
  "BlueGreenDeploymentConfiguration",
  "Deployment",
  "ECSServices",
  "Ec2TagSet",
  "LoadBalancerInfo",
  "OnPremisesTagSet",
  "TerminationHookEnabled",
];
