import type { Architecture, Runtime } from "@aws-sdk/client-lambda";
import { defineResourceType } from "../../../kernel/resource.ts";
import { readLayerVersion } from "./readLayerVersion.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-layerversion.html */
interface LayerVersionProperties {
  readonly LayerName?: string;
  readonly Description?: string;
  readonly LicenseInfo?: string;
  readonly Content: { readonly S3Bucket: string; readonly S3Key: string; readonly S3ObjectVersion?: string };
  readonly CompatibleRuntimes?: Runtime[];
  readonly CompatibleArchitectures?: Architecture[];
}

export const layerVersionType = defineResourceType<LayerVersionProperties>({
  name: "AWS::Lambda::LayerVersion",
  create: async (ctx, desired) => {
    const { LayerVersionArn = "" } = await ctx.call("lambda", "PublishLayerVersion", {
      ...desired,
      LayerName: desired.LayerName ?? ctx.logicalId,
    });
    return { physicalId: LayerVersionArn, attributes: { LayerVersionArn } };
  },
  delete: async (ctx, { physicalId }) => {
    await ctx.call("lambda", "DeleteLayerVersion", layerVersionOf(physicalId));
  },
  read: readLayerVersion,
});

/** A layer version's ARN as calls name it. */
export const layerVersionOf = (arn: string) => {
  const at = arn.lastIndexOf(":");
  return { LayerName: arn.slice(0, at), VersionNumber: Number(arn.slice(at + 1)) };
};
