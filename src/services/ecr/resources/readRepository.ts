import type { ResourceContext, ResourceReading } from "../../../kernel/resource.ts";
import { capitalized, parsed, plain, tagList, unlessMissing } from "../../../kernel/resourceReading.ts";

/** A repository as it is now, in the words of its template; undefined when it is gone. */
export const readRepository = async (
  ctx: ResourceContext,
  repositoryName: string,
): Promise<ResourceReading | undefined> => {
  const asked = ctx.call("ecr", "DescribeRepositories", { repositoryNames: [repositoryName] });
  const repository = (await unlessMissing(asked, "RepositoryNotFoundException"))?.repositories?.[0];
  if (!repository) return undefined;
  const { repositoryArn = "", repositoryUri = "" } = repository;
  const lifecycle = await unlessMissing(
    ctx.call("ecr", "GetLifecyclePolicy", { repositoryName }),
    "LifecyclePolicyNotFoundException",
  );
  const policy = await unlessMissing(
    ctx.call("ecr", "GetRepositoryPolicy", { repositoryName }),
    "RepositoryPolicyNotFoundException",
  );
  const { tags } = await ctx.call("ecr", "ListTagsForResource", { resourceArn: repositoryArn });
  const properties = plain({
    RepositoryName: repositoryName,
    ImageTagMutability: repository.imageTagMutability,
    ImageScanningConfiguration: capitalized(repository.imageScanningConfiguration ?? {}),
    EncryptionConfiguration: capitalized(repository.encryptionConfiguration ?? {}),
    ImageTagMutabilityExclusionFilters: (repository.imageTagMutabilityExclusionFilters ?? []).map((each) => ({
      ImageTagMutabilityExclusionFilterType: each.filterType,
      ImageTagMutabilityExclusionFilterValue: each.filter,
    })),
    LifecyclePolicy: lifecycle && { LifecyclePolicyText: lifecycle.lifecyclePolicyText },
    RepositoryPolicyText: parsed(policy?.policyText),
    Tags: tagList(tags),
  });
  const attributes = { Arn: repositoryArn, RepositoryUri: repositoryUri };
  return { physicalId: repositoryName, attributes, properties, unread: ["EmptyOnDelete"] };
};
