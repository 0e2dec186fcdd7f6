import type { CodeSigningPolicy } from "@aws-sdk/client-lambda";
import { defineResourceType } from "../../../kernel/resource.ts";
import { picked, plain, type ResourceReader, tagList, unlessMissing } from "../../../kernel/resourceReading.ts";
import type { TagList } from "../../../kernel/resourceTags.ts";
import { orGone } from "./gone.ts";
import { retag, tagsOf } from "./stackTags.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-codesigningconfig.html */
interface CodeSigningConfigProperties {
  readonly AllowedPublishers: { readonly SigningProfileVersionArns: string[] };
  readonly CodeSigningPolicies?: { readonly UntrustedArtifactOnDeployment: CodeSigningPolicy };
  readonly Description?: string;
  readonly Tags?: TagList;
}

const read: ResourceReader = async (ctx, physicalId) => {
  const asked = ctx.call("lambda", "GetCodeSigningConfig", { CodeSigningConfigArn: physicalId });
  const config = (await unlessMissing(asked, "ResourceNotFoundException"))?.CodeSigningConfig;
  if (!config) return undefined;
  const { Tags } = await ctx.call("lambda", "ListTags", { Resource: physicalId });
  const properties = {
    ...picked(config, ["AllowedPublishers", "CodeSigningPolicies", "Description"]),
    ...plain({ Tags: tagList(Tags) }),
  };
  return { ...stateOf(config), properties, unread: [] };
};

const stateOf = ({ CodeSigningConfigArn = "", CodeSigningConfigId = "" }) => ({
  physicalId: CodeSigningConfigArn,
  attributes: { CodeSigningConfigArn, CodeSigningConfigId },
});

export const codeSigningConfigType = defineResourceType<CodeSigningConfigProperties>({
  name: "AWS::Lambda::CodeSigningConfig",
  read,
  create: async (ctx, { Tags, ...desired }) => {
    const answer = await ctx.call("lambda", "CreateCodeSigningConfig", { ...desired, Tags: tagsOf(ctx, Tags) });
    return stateOf(answer.CodeSigningConfig ?? {});
  },
  update: async (ctx, { physicalId, attributes, properties }, { Tags, ...desired }) => {
    await ctx.call("lambda", "UpdateCodeSigningConfig", {
      CodeSigningConfigArn: physicalId,
      AllowedPublishers: desired.AllowedPublishers,
      CodeSigningPolicies: desired.CodeSigningPolicies ?? { UntrustedArtifactOnDeployment: "Warn" },
      Description: desired.Description ?? "",
    });
    await retag(ctx, physicalId, tagsOf(ctx, properties.Tags), tagsOf(ctx, Tags));
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId }) => {
    await orGone(ctx.call("lambda", "DeleteCodeSigningConfig", { CodeSigningConfigArn: physicalId }));
  },
});
