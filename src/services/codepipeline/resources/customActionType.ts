import type { CreateCustomActionTypeInput } from "@aws-sdk/client-codepipeline";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { capitalized, foundInPages, type ResourceReader, tagList } from "../../../kernel/resourceReading.ts";
import { droppedTagKeys, resourceTags, type TagList } from "../../../kernel/resourceTags.ts";
import { fromProperties, type Properties } from "../../../kernel/spelledProperties.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codepipeline-customactiontype.html */
interface CustomActionTypeProperties extends Properties<Omit<CreateCustomActionTypeInput, "tags">> {
  readonly Tags?: TagList;
}

/** A type has no name but these three. */
const idOf = (physicalId: string) => {
  const [category = "", provider = "", version = ""] = physicalId.split("|");
  return { category, provider, version };
};

const arnOf = ({ account, partition, region }: ResourceContext, physicalId: string) =>
  `arn:${partition}:codepipeline:${region}:${account}:actiontype:Custom/${physicalId.replaceAll("|", "/")}`;

const stateOf = (physicalId: string) => ({ physicalId, attributes: { Id: physicalId } });

/** AWS tells of all types of the account, and of none by its name. */
const find = ({ call }: ResourceContext, physicalId: string) =>
  foundInPages(
    async (nextToken) => {
      const page = await call("codepipeline", "ListActionTypes", { actionOwnerFilter: "Custom", nextToken });
      return { items: page.actionTypes, next: page.nextToken };
    },
    ({ id }) => [id?.category, id?.provider, id?.version].join("|") === physicalId,
  );

const read: ResourceReader = async (ctx, physicalId) => {
  const type = await find(ctx, physicalId);
  if (!type) return undefined;
  const { id: _, actionConfigurationProperties: configurationProperties, ...details } = type;
  const { tags } = await ctx.call("codepipeline", "ListTagsForResource", { resourceArn: arnOf(ctx, physicalId) });
  const properties = capitalized({ ...idOf(physicalId), ...details, configurationProperties });
  return { ...stateOf(physicalId), properties: { ...properties, Tags: [...tagList(tags)] }, unread: [] };
};

const tagsOf = (ctx: ResourceContext, tags: TagList | undefined) =>
  resourceTags(ctx, tags).map(({ Key, Value }) => ({ key: Key, value: Value }));

export const customActionTypeType = defineResourceType<CustomActionTypeProperties>({
  name: "AWS::CodePipeline::CustomActionType",
  read,
  create: async (ctx, { Tags, ...desired }) => {
    const input = fromProperties<Omit<CreateCustomActionTypeInput, "tags">>(desired);
    await ctx.call("codepipeline", "CreateCustomActionType", { ...input, tags: tagsOf(ctx, Tags) });
    return stateOf([input.category, input.provider, input.version].join("|"));
  },
  update: async (ctx, { physicalId, properties }, { Tags }) => {
    const resourceArn = arnOf(ctx, physicalId);
    const tagKeys = droppedTagKeys(properties.Tags, Tags);
    if (tagKeys.length > 0) await ctx.call("codepipeline", "UntagResource", { resourceArn, tagKeys });
    const tags = tagsOf(ctx, Tags);
    if (tags.length > 0) await ctx.call("codepipeline", "TagResource", { resourceArn, tags });
    return stateOf(physicalId);
  },
  delete: async (ctx, { properties }) => {
    const { Category: category, Provider: provider, Version: version } = properties;
    await ctx.call("codepipeline", "DeleteCustomActionType", { category, provider, version });
  },
});
