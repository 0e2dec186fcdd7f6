import { defineResourceType } from "../../../kernel/resource.ts";
import { readDeploymentConfig } from "./readDeploymentConfig.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codedeploy-deploymentconfig.html */
interface DeploymentConfigProperties {
  readonly DeploymentConfigName?: string;
  readonly ComputePlatform?: "Server" | "Lambda" | "ECS";
  readonly TrafficRoutingConfig?: {
    readonly Type: "AllAtOnce" | "TimeBasedCanary" | "TimeBasedLinear";
    readonly TimeBasedCanary?: { readonly CanaryInterval: number; readonly CanaryPercentage: number };
    readonly TimeBasedLinear?: { readonly LinearInterval: number; readonly LinearPercentage: number };
  };
  readonly MinimumHealthyHosts?: { readonly Type: "HOST_COUNT" | "FLEET_PERCENT"; readonly Value: number };
}

const MAX_NAME_LENGTH = 100;

export const deploymentConfigType = defineResourceType<DeploymentConfigProperties>({
  name: "AWS::CodeDeploy::DeploymentConfig",
  unbuilt: ["ZonalConfig"],
  create: async (ctx, { TrafficRoutingConfig: routing, MinimumHealthyHosts: healthy, ...desired }) => {
    const name = desired.DeploymentConfigName ?? ctx.physicalName({ maxLength: MAX_NAME_LENGTH });
    const canary = routing?.TimeBasedCanary;
    const linear = routing?.TimeBasedLinear;
    await ctx.call("codedeploy", "CreateDeploymentConfig", {
      deploymentConfigName: name,
      computePlatform: desired.ComputePlatform,
      minimumHealthyHosts: healthy && { type: healthy.Type, value: healthy.Value },
      trafficRoutingConfig: routing && {
        type: routing.Type,
        timeBasedCanary: canary && {
          canaryInterval: canary.CanaryInterval,
          canaryPercentage: canary.CanaryPercentage,
        },
        timeBasedLinear: linear && {
          linearInterval: linear.LinearInterval,
          linearPercentage: linear.LinearPercentage,
        },
      },
    });
    return { physicalId: name, attributes: {} };
  },
  delete: async (ctx, { physicalId }) => {
    await ctx.call("codedeploy", "DeleteDeploymentConfig", { deploymentConfigName: physicalId });
  },
  read: readDeploymentConfig,
});
