import { defineResourceType, type ResourceContext, type ResourceState } from "../../../kernel/resource.ts";
import { plain, tagList } from "../../../kernel/resourceReading.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html */
interface ParameterProperties {
  readonly Name?: string;
  readonly Type: "String" | "StringList";
  readonly Value: string;
  readonly Description?: string;
  readonly AllowedPattern?: string;
  readonly DataType?: string;
  readonly Policies?: string;
  readonly Tier?: "Standard" | "Advanced" | "Intelligent-Tiering";
  readonly Tags?: Readonly<Record<string, string>>;
}

export const parameterType = defineResourceType<ParameterProperties>({
  name: "AWS::SSM::Parameter",
  create: async (ctx, desired) => {
    // AWS: a parameter's generated name tells nothing of its stack.
    const name = desired.Name ?? ctx.physicalName({ prefix: "CFN" });
    await ctx.call("ssm", "PutParameter", { ...inputOf(name, desired), Tags: tagsOf(ctx, desired) });
    return stateOf(name, desired);
  },
  update: async (ctx, { physicalId, properties }, desired) => {
    const { Description = "", ...input } = inputOf(physicalId, desired);
    await ctx.call("ssm", "PutParameter", { ...input, Description, Overwrite: true });
    const tags = tagsOf(ctx, desired);
    const gone = Object.keys(properties.Tags ?? {}).filter((key) => !tags.some(({ Key }) => Key === key));
    const resource = { ResourceType: "Parameter", ResourceId: physicalId } as const;
    if (gone.length > 0) await ctx.call("ssm", "RemoveTagsFromResource", { ...resource, TagKeys: gone });
    if (tags.length > 0) await ctx.call("ssm", "AddTagsToResource", { ...resource, Tags: tags });
    return stateOf(physicalId, desired);
  },
  delete: async (ctx, { physicalId }) => {
    // The plural form answers what was not there instead of failing.
    await ctx.call("ssm", "DeleteParameters", { Names: [physicalId] });
  },
  read: async (ctx, physicalId, given) => {
    const { Parameters = [] } = await ctx.call("ssm", "GetParameters", { Names: [physicalId] });
    const [parameter] = Parameters;
    if (!parameter) return undefined;
    const { Type = "String", Value = "", DataType } = parameter;
    const ParameterFilters = [{ Key: "Name", Option: "Equals", Values: [physicalId] }];
    const { Parameters: described = [] } = await ctx.call("ssm", "DescribeParameters", { ParameterFilters });
    const { Description, AllowedPattern, Tier } = described[0] ?? {};
    const tags = await ctx.call("ssm", "ListTagsForResource", { ResourceType: "Parameter", ResourceId: physicalId });
    const properties = plain({
      ...{ Name: physicalId, Type, Value, DataType, Description, AllowedPattern },
      // AWS: which tier it takes, the service finds for itself.
      Tier: given["Tier"] === "Intelligent-Tiering" ? given["Tier"] : Tier,
      Tags: Object.fromEntries(tagList(tags.TagList).map((tag) => [tag.Key, tag.Value])),
    });
    return { physicalId, attributes: { Type, Value }, properties, unread: ["Policies"] };
  },
});

const inputOf = (
  Name: string,
  { Type, Value, Description, AllowedPattern, DataType, Policies, Tier }: ParameterProperties,
) => ({
  Name,
  Type,
  Value,
  Description,
  AllowedPattern,
  DataType,
  Policies,
  Tier,
});

const stateOf = (physicalId: string, { Type, Value }: ParameterProperties): ResourceState => ({
  physicalId,
  attributes: { Type, Value },
});

const tagsOf = (ctx: ResourceContext, { Tags = {} }: ParameterProperties) =>
  Object.entries({ ...ctx.tags, ...Tags }).map(([Key, Value]) => ({ Key, Value }));
