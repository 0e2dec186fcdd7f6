import type { RepositoryTriggerEventEnum } from "@aws-sdk/client-codecommit";
import { codeCommitOwner } from "../../../kernel/gitHost.ts";
import { defineResourceType, type ResourceContext, type ResourceState } from "../../../kernel/resource.ts";
import { droppedTagKeys, resourceTags, type TagList } from "../../../kernel/resourceTags.ts";
import { type Metadata, nameOfId, readRepository } from "./readRepository.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codecommit-repository.html */
interface RepositoryProperties {
  readonly RepositoryName: string;
  readonly RepositoryDescription?: string;
  readonly KmsKeyId?: string;
  readonly Code?: {
    readonly BranchName?: string;
    readonly S3: { readonly Bucket: string; readonly Key: string; readonly ObjectVersion?: string };
  };
  readonly Triggers?: readonly {
    readonly Name: string;
    readonly DestinationArn: string;
    readonly CustomData?: string;
    readonly Branches?: readonly string[];
    readonly Events: readonly RepositoryTriggerEventEnum[];
  }[];
  readonly Tags?: TagList;
}

export const repositoryType = defineResourceType<RepositoryProperties>({
  name: "AWS::CodeCommit::Repository",
  create: async (ctx, desired) => {
    const { repositoryMetadata } = await ctx.call("codecommit", "CreateRepository", {
      repositoryName: desired.RepositoryName,
      repositoryDescription: desired.RepositoryDescription,
      kmsKeyId: desired.KmsKeyId,
      tags: tagsOf(ctx, desired),
    });
    const state = stateOf(repositoryMetadata ?? {});
    ctx.made(state.physicalId);
    await fill(ctx, state.physicalId, desired);
    await putTriggers(ctx, {}, desired);
    return state;
  },
  // AWS: the code is only the first commit; what becomes of it later changes nothing.
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    const {
      RepositoryName: repositoryName,
      RepositoryDescription: repositoryDescription,
      KmsKeyId: kmsKeyId,
    } = desired;
    const oldName = (await nameOfId(ctx, physicalId, properties.RepositoryName)) ?? properties.RepositoryName;
    if (oldName !== repositoryName)
      await ctx.call("codecommit", "UpdateRepositoryName", { oldName, newName: repositoryName });
    if (properties.RepositoryDescription !== repositoryDescription)
      await ctx.call("codecommit", "UpdateRepositoryDescription", { repositoryName, repositoryDescription });
    if (kmsKeyId !== undefined && properties.KmsKeyId !== kmsKeyId)
      await ctx.call("codecommit", "UpdateRepositoryEncryptionKey", { repositoryName, kmsKeyId });
    await putTriggers(ctx, properties, desired);
    const { repositoryMetadata = {} } = await ctx.call("codecommit", "GetRepository", { repositoryName });
    const { Arn: resourceArn } = repositoryMetadata;
    const tagKeys = droppedTagKeys(properties.Tags, desired.Tags);
    if (tagKeys.length > 0) await ctx.call("codecommit", "UntagResource", { resourceArn, tagKeys });
    const tags = tagsOf(ctx, desired);
    if (Object.keys(tags).length > 0) await ctx.call("codecommit", "TagResource", { resourceArn, tags });
    return {
      ...stateOf(repositoryMetadata),
      physicalId,
      attributes: { ...attributes, ...attributesOf(repositoryMetadata) },
    };
  },
  delete: async (ctx, { physicalId, properties }) => {
    const repositoryName = await nameOfId(ctx, physicalId, properties.RepositoryName);
    if (repositoryName !== undefined) await ctx.call("codecommit", "DeleteRepository", { repositoryName });
  },
  read: async (ctx, physicalId, given) => {
    const reading = await readRepository(ctx, physicalId, given);
    return reading && { ...stateOf(reading.metadata), properties: reading.properties, unread: ["Code"] };
  },
});

const stateOf = (metadata: Metadata): ResourceState => ({
  physicalId: metadata.repositoryId ?? "",
  attributes: attributesOf(metadata),
});

const attributesOf = ({
  Arn = "",
  cloneUrlHttp = "",
  cloneUrlSsh = "",
  repositoryName = "",
  repositoryId = "",
}: Metadata) => ({
  Arn,
  CloneUrlHttp: cloneUrlHttp,
  CloneUrlSsh: cloneUrlSsh,
  Name: repositoryName,
  RepositoryId: repositoryId,
});

const tagsOf = (ctx: ResourceContext, { Tags }: RepositoryProperties) =>
  Object.fromEntries(resourceTags(ctx, Tags).map(({ Key, Value }) => [Key, Value]));

const fill = async (ctx: ResourceContext, name: string, { Code }: RepositoryProperties): Promise<void> => {
  if (!Code) return;
  const { S3, BranchName: branch = "main" } = Code;
  const code = { bucket: S3.Bucket, key: S3.Key, version: S3.ObjectVersion };
  await ctx.call("git", "FillRepository", { owner: codeCommitOwner(ctx), name, code, branch });
};

const putTriggers = async (
  ctx: ResourceContext,
  { Triggers: before = [] }: Pick<RepositoryProperties, "Triggers">,
  { RepositoryName: repositoryName, Triggers = [] }: RepositoryProperties,
): Promise<void> => {
  if (before.length === 0 && Triggers.length === 0) return;
  await ctx.call("codecommit", "PutRepositoryTriggers", {
    repositoryName,
    triggers: Triggers.map(({ Name, DestinationArn, CustomData, Branches = [], Events }) => ({
      name: Name,
      destinationArn: DestinationArn,
      customData: CustomData,
      branches: [...Branches],
      events: [...Events],
    })),
  });
};
