import { defineResourceType } from "../../../kernel/resource.ts";
import { orGone } from "./gone.ts";
import type { RuntimePolicy } from "./management.ts";
import { type ProvisionedConcurrency, provision } from "./provisioned.ts";
import { readVersion } from "./readVersion.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-version.html */
interface VersionProperties {
  readonly FunctionName: string;
  readonly CodeSha256?: string;
  readonly Description?: string;
  readonly ProvisionedConcurrencyConfig?: ProvisionedConcurrency;
  readonly RuntimePolicy?: RuntimePolicy;
}

export const versionType = defineResourceType<VersionProperties>({
  name: "AWS::Lambda::Version",
  unbuilt: ["FunctionScalingConfig"],
  create: async (ctx, desired) => {
    const { FunctionArn = "", Version = "" } = await ctx.call("lambda", "PublishVersion", {
      FunctionName: desired.FunctionName,
      CodeSha256: desired.CodeSha256,
      Description: desired.Description,
    });
    ctx.made(FunctionArn);
    const target = { FunctionName: desired.FunctionName, Qualifier: Version };
    if (desired.RuntimePolicy) {
      await ctx.call("lambda", "PutRuntimeManagementConfig", { ...target, ...desired.RuntimePolicy });
    }
    const { ProvisionedConcurrencyConfig } = desired;
    if (ProvisionedConcurrencyConfig) await provision(ctx, target, ProvisionedConcurrencyConfig);
    return { physicalId: FunctionArn, attributes: { FunctionArn, Version } };
  },
  delete: async (ctx, { physicalId }) => {
    await orGone(ctx.call("lambda", "DeleteFunction", { FunctionName: physicalId }));
  },
  read: readVersion,
});
