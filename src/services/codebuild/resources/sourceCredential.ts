import type * as sdk from "@aws-sdk/client-codebuild";
import type { CallInputOf } from "../../../kernel/aws.ts";
import { errorCode } from "../../../kernel/errors.ts";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";

type ImportInput = CallInputOf<typeof sdk, "ImportSourceCredentials">;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codebuild-sourcecredential.html */
interface SourceCredentialProperties {
  readonly AuthType: ImportInput["authType"];
  readonly ServerType: ImportInput["serverType"];
  readonly Token: string;
  readonly Username?: string;
}

const importAs = async (ctx: ResourceContext, desired: SourceCredentialProperties, shouldOverwrite: boolean) => {
  const { AuthType: authType, ServerType: serverType, Token: token, Username: username } = desired;
  const { arn = "" } = await ctx.call("codebuild", "ImportSourceCredentials", {
    authType,
    serverType,
    token,
    username,
    shouldOverwrite,
  });
  return { physicalId: arn, attributes: { Arn: arn, Id: arn } };
};

export const sourceCredentialType = defineResourceType<SourceCredentialProperties>({
  name: "AWS::CodeBuild::SourceCredential",
  create: (ctx, desired) => importAs(ctx, desired, false),
  update: (ctx, _current, desired) => importAs(ctx, desired, true),
  delete: async (ctx, { physicalId }) => {
    try {
      await ctx.call("codebuild", "DeleteSourceCredentials", { arn: physicalId });
    } catch (error) {
      if (errorCode(error) !== "ResourceNotFoundException") throw error;
    }
  },
  read: async (ctx, physicalId) => {
    const { sourceCredentialsInfos = [] } = await ctx.call("codebuild", "ListSourceCredentials", {});
    const found = sourceCredentialsInfos.find(({ arn }) => arn === physicalId);
    if (!found) return undefined;
    const { serverType = "", authType = "" } = found;
    const properties = { ServerType: serverType, AuthType: authType };
    return { physicalId, attributes: { Arn: physicalId, Id: physicalId }, properties };
  },
});
