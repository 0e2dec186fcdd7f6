import type { PatchOperation } from "@aws-sdk/client-api-gateway";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import type { TagList } from "../../../kernel/resourceTags.ts";
import { orGone } from "./gone.ts";
import { memberPatches } from "./patches.ts";
import { readStage } from "./readStage.ts";
import { retag, tagsOf } from "./stackTags.ts";
import { canarySettings, type StageSettings, settingPatches, stagePatches } from "./stagePatches.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-stage.html */
interface StageProperties extends StageSettings {
  readonly RestApiId: string;
  readonly StageName?: string;
  readonly DeploymentId?: string;
  readonly Tags?: TagList;
}

export const stageType = defineResourceType<StageProperties>({
  name: "AWS::ApiGateway::Stage",
  create: async (ctx, desired) => {
    const stageName = desired.StageName ?? "default";
    await ctx.call("apigateway", "CreateStage", {
      restApiId: desired.RestApiId,
      stageName,
      deploymentId: desired.DeploymentId,
      description: desired.Description,
      documentationVersion: desired.DocumentationVersion,
      cacheClusterEnabled: desired.CacheClusterEnabled,
      cacheClusterSize: desired.CacheClusterSize,
      tracingEnabled: desired.TracingEnabled,
      variables: desired.Variables,
      canarySettings: desired.CanarySetting && canarySettings(desired.CanarySetting),
      tags: tagsOf(ctx, desired.Tags),
    });
    ctx.made(stageName);
    await patch(ctx, stageName, desired, settingPatches({}, desired));
    return { physicalId: stageName, attributes: {} };
  },
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    const deployment = ({ DeploymentId }: StageProperties) => ({ deploymentId: DeploymentId });
    await patch(ctx, physicalId, desired, [
      ...memberPatches(deployment(properties), deployment(desired)),
      ...stagePatches(properties, desired),
    ]);
    await retag(ctx, `/restapis/${desired.RestApiId}/stages/${physicalId}`, properties.Tags, desired.Tags);
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId, properties: { RestApiId } }) => {
    await orGone(ctx.call("apigateway", "DeleteStage", { restApiId: RestApiId, stageName: physicalId }));
  },
  read: readStage,
});

const patch = async (
  ctx: ResourceContext,
  stageName: string,
  { RestApiId }: StageProperties,
  patchOperations: PatchOperation[],
): Promise<void> => {
  if (patchOperations.length === 0) return;
  await ctx.call("apigateway", "UpdateStage", { restApiId: RestApiId, stageName, patchOperations });
};
