import type { EncryptionType, ImageTagMutability } from "@aws-sdk/client-ecr";
import { errorCode } from "../../../kernel/errors.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { droppedTagKeys, resourceTags, type TagList } from "../../../kernel/resourceTags.ts";
import { readRepository } from "./readRepository.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecr-repository.html */
interface RepositoryProperties {
  readonly RepositoryName?: string;
  readonly EncryptionConfiguration?: { readonly EncryptionType: EncryptionType; readonly KmsKey?: string };
  readonly ImageScanningConfiguration?: { readonly ScanOnPush?: boolean };
  readonly ImageTagMutability?: ImageTagMutability;
  readonly ImageTagMutabilityExclusionFilters?: readonly {
    readonly ImageTagMutabilityExclusionFilterType: "WILDCARD";
    readonly ImageTagMutabilityExclusionFilterValue: string;
  }[];
  readonly LifecyclePolicy?: { readonly LifecyclePolicyText?: string };
  readonly RepositoryPolicyText?: JsonObject | string;
  readonly EmptyOnDelete?: boolean;
  readonly Tags?: TagList;
}

export const repositoryType = defineResourceType<RepositoryProperties>({
  name: "AWS::ECR::Repository",
  withoutEffect: { "LifecyclePolicy.RegistryId": "an account has one registry" },
  create: async (ctx, desired) => {
    const repositoryName = desired.RepositoryName ?? ctx.physicalName({ maxLength: 256, lowerCase: true });
    const { repository } = await ctx.call("ecr", "CreateRepository", {
      repositoryName,
      ...mutabilityOf(desired),
      imageScanningConfiguration: scanningOf(desired),
      ...(desired.EncryptionConfiguration
        ? {
            encryptionConfiguration: {
              encryptionType: desired.EncryptionConfiguration.EncryptionType,
              kmsKey: desired.EncryptionConfiguration.KmsKey,
            },
          }
        : {}),
      tags: resourceTags(ctx, desired.Tags),
    });
    ctx.made(repositoryName);
    await putPolicies(ctx, repositoryName, desired);
    const { repositoryArn = "", repositoryUri = "" } = repository ?? {};
    return { physicalId: repositoryName, attributes: { Arn: repositoryArn, RepositoryUri: repositoryUri } };
  },
  update: async (ctx, { physicalId: repositoryName, attributes, properties }, desired) => {
    await ctx.call("ecr", "PutImageTagMutability", { repositoryName, ...mutabilityOf(desired) });
    await ctx.call("ecr", "PutImageScanningConfiguration", {
      repositoryName,
      imageScanningConfiguration: scanningOf(desired),
    });
    await putPolicies(ctx, repositoryName, desired);
    await dropPolicies(ctx, repositoryName, properties, desired);
    const resourceArn = String(attributes["Arn"]);
    const tags = resourceTags(ctx, desired.Tags);
    const tagKeys = droppedTagKeys(properties.Tags, tags);
    if (tagKeys.length > 0) await ctx.call("ecr", "UntagResource", { resourceArn, tagKeys });
    if (tags.length > 0) await ctx.call("ecr", "TagResource", { resourceArn, tags });
    return { physicalId: repositoryName, attributes };
  },
  delete: async (ctx, { physicalId: repositoryName, properties }) => {
    try {
      await ctx.call("ecr", "DeleteRepository", { repositoryName, force: properties.EmptyOnDelete });
    } catch (error) {
      if (errorCode(error) !== "RepositoryNotFoundException") throw error;
    }
  },
  read: readRepository,
});

const mutabilityOf = ({ ImageTagMutability, ImageTagMutabilityExclusionFilters = [] }: RepositoryProperties) => ({
  imageTagMutability: ImageTagMutability ?? ("MUTABLE" as const),
  ...(ImageTagMutabilityExclusionFilters.length > 0
    ? {
        imageTagMutabilityExclusionFilters: ImageTagMutabilityExclusionFilters.map((filter) => ({
          filterType: filter.ImageTagMutabilityExclusionFilterType,
          filter: filter.ImageTagMutabilityExclusionFilterValue,
        })),
      }
    : {}),
});

const scanningOf = ({ ImageScanningConfiguration }: RepositoryProperties) => ({
  scanOnPush: ImageScanningConfiguration?.ScanOnPush ?? false,
});

const putPolicies = async (ctx: ResourceContext, repositoryName: string, desired: RepositoryProperties) => {
  const { LifecyclePolicy, RepositoryPolicyText: policy } = desired;
  if (LifecyclePolicy?.LifecyclePolicyText !== undefined) {
    const lifecyclePolicyText = LifecyclePolicy.LifecyclePolicyText;
    await ctx.call("ecr", "PutLifecyclePolicy", { repositoryName, lifecyclePolicyText });
  }
  if (policy === undefined) return;
  const policyText = typeof policy === "string" ? policy : JSON.stringify(policy);
  await ctx.call("ecr", "SetRepositoryPolicy", { repositoryName, policyText });
};

const dropPolicies = async (
  ctx: ResourceContext,
  repositoryName: string,
  before: RepositoryProperties,
  desired: RepositoryProperties,
): Promise<void> => {
  if (before.LifecyclePolicy?.LifecyclePolicyText !== undefined && !desired.LifecyclePolicy?.LifecyclePolicyText) {
    await ctx.call("ecr", "DeleteLifecyclePolicy", { repositoryName });
  }
  if (before.RepositoryPolicyText !== undefined && desired.RepositoryPolicyText === undefined) {
    await ctx.call("ecr", "DeleteRepositoryPolicy", { repositoryName });
  }
};
