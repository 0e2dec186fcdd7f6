import type { JsonObject } from "../../../kernel/json.ts";
import { defineResourceType } from "../../../kernel/resource.ts";
import { readResourcePolicy } from "./readSecretParts.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-resourcepolicy.html */
interface ResourcePolicyProperties {
  readonly SecretId: string;
  readonly ResourcePolicy: JsonObject;
  readonly BlockPublicPolicy?: boolean;
}

export const resourcePolicyType = defineResourceType<ResourcePolicyProperties>({
  name: "AWS::SecretsManager::ResourcePolicy",
  read: readResourcePolicy,
  create: async (ctx, desired) => {
    const { ARN = "" } = await ctx.call("secretsmanager", "PutResourcePolicy", {
      SecretId: desired.SecretId,
      ResourcePolicy: JSON.stringify(desired.ResourcePolicy),
      BlockPublicPolicy: desired.BlockPublicPolicy,
    });
    return { physicalId: ARN, attributes: { Id: ARN } };
  },
  update: async (ctx, { physicalId, attributes }, desired) => {
    await ctx.call("secretsmanager", "PutResourcePolicy", {
      SecretId: physicalId,
      ResourcePolicy: JSON.stringify(desired.ResourcePolicy),
      BlockPublicPolicy: desired.BlockPublicPolicy,
    });
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId }) => {
    await ctx.call("secretsmanager", "DeleteResourcePolicy", { SecretId: physicalId });
  },
});
