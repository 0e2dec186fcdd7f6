import type { ResourceContext, ResourceReading } from "../../../kernel/resource.ts";
import { capitalized, unlessMissing } from "../../../kernel/resourceReading.ts";

/** A deployment configuration as it is now. */
export const readDeploymentConfig = async (
  ctx: ResourceContext,
  deploymentConfigName: string,
): Promise<ResourceReading | undefined> => {
  const asked = ctx.call("codedeploy", "GetDeploymentConfig", { deploymentConfigName });
  const found = await unlessMissing(asked, "DeploymentConfigDoesNotExistException");
  if (!found?.deploymentConfigInfo) return undefined;
  const properties = capitalized(found.deploymentConfigInfo);
  const unread = ["ZonalConfig"];
  return { physicalId: deploymentConfigName, attributes: {}, properties, unread };
};
