import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import type { TagList } from "../../../kernel/resourceTags.ts";
import { orGone } from "./gone.ts";
import { readDeployment } from "./readParts.ts";
import { retag } from "./stackTags.ts";
import {
  type CanarySetting,
  canarySettings,
  type MethodSetting,
  ofAllMethods,
  type StageSettings,
  stagePatches,
} from "./stagePatches.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-deployment.html */
interface DeploymentProperties {
  readonly RestApiId: string;
  readonly Description?: string;
  readonly StageName?: string;
  readonly StageDescription?: StageDescription;
  readonly DeploymentCanarySettings?: CanarySetting;
}

/** The settings of all of a stage's methods stand beside those of the stage. */
interface StageDescription extends StageSettings, MethodSetting {
  readonly Tags?: TagList;
}

export const deploymentType = defineResourceType<DeploymentProperties>({
  name: "AWS::ApiGateway::Deployment",
  read: readDeployment,
  create: async (ctx, { RestApiId, Description, StageName, StageDescription, DeploymentCanarySettings: canary }) => {
    const { id = "" } = await ctx.call("apigateway", "CreateDeployment", {
      restApiId: RestApiId,
      description: Description,
      stageName: StageName,
      canarySettings: canary && canarySettings(canary),
    });
    ctx.made(id);
    await describeStage(ctx, { RestApiId, StageName }, {}, StageDescription ?? {});
    return { physicalId: id, attributes: { DeploymentId: id } };
  },
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    const { RestApiId, Description = "", StageDescription = {} } = desired;
    await ctx.call("apigateway", "UpdateDeployment", {
      restApiId: RestApiId,
      deploymentId: physicalId,
      patchOperations: [{ op: "replace", path: "/description", value: Description }],
    });
    await describeStage(ctx, desired, properties.StageDescription ?? {}, StageDescription);
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId, properties: { RestApiId, StageName } }) => {
    await orGone(
      (async () => {
        const { item = [] } = await ctx.call("apigateway", "GetStages", {
          restApiId: RestApiId,
          deploymentId: physicalId,
        });
        // The stage that came with the deployment goes with it, unless it has moved on to another.
        if (item.some(({ stageName }) => stageName !== undefined && stageName === StageName)) {
          await ctx.call("apigateway", "DeleteStage", { restApiId: RestApiId, stageName: StageName });
        }
        await ctx.call("apigateway", "DeleteDeployment", { restApiId: RestApiId, deploymentId: physicalId });
      })(),
    );
  },
});

/** Gives the stage that came with a deployment its settings. */
const describeStage = async (
  ctx: ResourceContext,
  { RestApiId, StageName }: { readonly RestApiId: string; readonly StageName?: string | undefined },
  before: StageDescription,
  after: StageDescription,
): Promise<void> => {
  if (StageName === undefined) return;
  const patchOperations = stagePatches(settingsOf(before), settingsOf(after));
  const at = { restApiId: RestApiId, stageName: StageName };
  if (patchOperations.length > 0) await ctx.call("apigateway", "UpdateStage", { ...at, patchOperations });
  if (before.Tags || after.Tags)
    await retag(ctx, `/restapis/${RestApiId}/stages/${StageName}`, before.Tags, after.Tags);
};

const settingsOf = (description: StageDescription): StageSettings => ({
  ...description,
  MethodSettings: [...ofAllMethods(description), ...(description.MethodSettings ?? [])],
});
