import { errorCode } from "../../../kernel/errors.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { parsed, picked, plain, tagList, unlessMissing } from "../../../kernel/resourceReading.ts";
import { droppedTagKeys, resourceTags, type TagList } from "../../../kernel/resourceTags.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbus.html */
interface EventBusProperties {
  readonly Name: string;
  readonly Description?: string;
  readonly DeadLetterConfig?: { readonly Arn?: string };
  readonly EventSourceName?: string;
  readonly KmsKeyIdentifier?: string;
  readonly Policy?: JsonObject | string;
  readonly Tags?: TagList;
}

export const eventBusType = defineResourceType<EventBusProperties>({
  name: "AWS::Events::EventBus",
  unbuilt: ["LogConfig"],
  create: async (ctx, desired) => {
    const { Name, EventSourceName } = desired;
    const { EventBusArn = "" } = await ctx.call("events", "CreateEventBus", {
      Name,
      EventSourceName,
      ...settingsOf(desired),
      Tags: resourceTags(ctx, desired.Tags),
    });
    ctx.made(Name);
    await putPolicy(ctx, desired);
    return { physicalId: Name, attributes: attributesOf(EventBusArn, desired) };
  },
  update: async (ctx, { physicalId: Name, attributes, properties }, desired) => {
    const ResourceARN = String(attributes["Arn"]);
    await ctx.call("events", "UpdateEventBus", { Name, ...settingsOf(desired) });
    if (desired.Policy === undefined && properties.Policy !== undefined) {
      await ctx.call("events", "RemovePermission", { EventBusName: Name, RemoveAllPermissions: true });
    }
    await putPolicy(ctx, desired);
    const Tags = resourceTags(ctx, desired.Tags);
    const TagKeys = droppedTagKeys(properties.Tags, Tags);
    if (TagKeys.length > 0) await ctx.call("events", "UntagResource", { ResourceARN, TagKeys });
    if (Tags.length > 0) await ctx.call("events", "TagResource", { ResourceARN, Tags });
    return { physicalId: Name, attributes: attributesOf(ResourceARN, desired) };
  },
  delete: async (ctx, { physicalId }) => {
    try {
      await ctx.call("events", "DeleteEventBus", { Name: physicalId });
    } catch (error) {
      if (errorCode(error) !== "ResourceNotFoundException") throw error;
    }
  },
  read: async (ctx, Name) => {
    const bus = await unlessMissing(ctx.call("events", "DescribeEventBus", { Name }), "ResourceNotFoundException");
    if (!bus) return undefined;
    const { Arn = "", Policy } = bus;
    const { Tags } = await ctx.call("events", "ListTagsForResource", { ResourceARN: Arn });
    const properties = plain({
      ...picked(bus, ["Name", "Description", "DeadLetterConfig", "KmsKeyIdentifier"]),
      Policy: parsed(Policy),
      Tags: tagList(Tags),
    });
    const attributes = { Arn, Name, Policy: Policy ?? "" };
    return { physicalId: Name, attributes, properties, unread: ["EventSourceName", "LogConfig"] };
  },
});

const settingsOf = ({ Description, DeadLetterConfig, KmsKeyIdentifier }: EventBusProperties) => ({
  Description,
  KmsKeyIdentifier,
  ...(DeadLetterConfig ? { DeadLetterConfig: { Arn: DeadLetterConfig.Arn } } : {}),
});

const putPolicy = async (ctx: ResourceContext, { Name, Policy }: EventBusProperties): Promise<void> => {
  if (Policy === undefined) return;
  const text = typeof Policy === "string" ? Policy : JSON.stringify(Policy);
  await ctx.call("events", "PutPermission", { EventBusName: Name, Policy: text });
};

const attributesOf = (arn: string, { Name, Policy }: EventBusProperties) => ({
  Arn: arn,
  Name,
  Policy: Policy === undefined ? "" : typeof Policy === "string" ? Policy : JSON.stringify(Policy),
});
