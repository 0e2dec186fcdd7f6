import { NotImplemented } from "../../../kernel/errors.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { defineResourceType } from "../../../kernel/resource.ts";
import { orGone } from "./gone.ts";
import { readDeployment } from "./readParts.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-deployment.html */
interface DeploymentProperties {
  readonly RestApiId: string;
  readonly Description?: string;
  readonly StageName?: string;
  readonly StageDescription?: {
    readonly Description?: string;
    readonly Variables?: Record<string, string>;
    readonly TracingEnabled?: boolean;
  };
  readonly DeploymentCanarySettings?: JsonObject;
}

export const deploymentType = defineResourceType<DeploymentProperties>({
  name: "AWS::ApiGateway::Deployment",
  read: readDeployment,
  create: async (ctx, { RestApiId, Description, StageName, StageDescription, DeploymentCanarySettings }) => {
    if (DeploymentCanarySettings) throw new NotImplemented("apigateway's canary deployments");
    const { id = "" } = await ctx.call("apigateway", "CreateDeployment", {
      restApiId: RestApiId,
      description: Description,
      stageName: StageName,
      stageDescription: StageDescription?.Description,
      variables: StageDescription?.Variables,
      tracingEnabled: StageDescription?.TracingEnabled,
    });
    return { physicalId: id, attributes: { DeploymentId: id } };
  },
  update: async (ctx, { physicalId, attributes }, { RestApiId, Description = "", StageName, StageDescription }) => {
    await ctx.call("apigateway", "UpdateDeployment", {
      restApiId: RestApiId,
      deploymentId: physicalId,
      patchOperations: [{ op: "replace", path: "/description", value: Description }],
    });
    if (StageName !== undefined && StageDescription?.Description !== undefined) {
      await ctx.call("apigateway", "UpdateStage", {
        restApiId: RestApiId,
        stageName: StageName,
        patchOperations: [{ op: "replace", path: "/description", value: StageDescription.Description }],
      });
    }
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
