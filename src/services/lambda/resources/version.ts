import { defineResourceType } from "../../../kernel/resource.ts";
import { orGone } from "./gone.ts";
import { readVersion } from "./readVersion.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-version.html */
interface VersionProperties {
  readonly FunctionName: string;
  readonly CodeSha256?: string;
  readonly Description?: string;
}

export const versionType = defineResourceType<VersionProperties>({
  name: "AWS::Lambda::Version",
  create: async (ctx, desired) => {
    const { FunctionArn = "", Version = "" } = await ctx.call("lambda", "PublishVersion", {
      FunctionName: desired.FunctionName,
      CodeSha256: desired.CodeSha256,
      Description: desired.Description,
    });
    return { physicalId: FunctionArn, attributes: { FunctionArn, Version } };
  },
  delete: async (ctx, { physicalId }) => {
    await orGone(ctx.call("lambda", "DeleteFunction", { FunctionName: physicalId }));
  },
  read: readVersion,
});
