import type { JsonObject } from "../../../kernel/json.ts";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { FEEDBACK_ENDINGS, feedbackKindOf } from "../feedback.ts";
import { readTopic } from "./readTopic.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html */
interface TopicProperties {
  readonly TopicName?: string;
  readonly DisplayName?: string;
  readonly FifoTopic?: boolean;
  readonly ContentBasedDeduplication?: boolean;
  readonly KmsMasterKeyId?: string;
  readonly SignatureVersion?: string;
  readonly TracingConfig?: string;
  readonly ArchivePolicy?: JsonObject;
  readonly DataProtectionPolicy?: JsonObject;
  readonly FifoThroughputScope?: string;
  readonly DeliveryStatusLogging?: readonly LoggingConfig[];
  readonly Subscription?: readonly { readonly Protocol: string; readonly Endpoint: string }[];
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

/** How deliveries by a protocol are logged. */
interface LoggingConfig {
  readonly Protocol: string;
  readonly SuccessFeedbackRoleArn?: string;
  readonly SuccessFeedbackSampleRate?: string | number;
  readonly FailureFeedbackRoleArn?: string;
}

export const topicType = defineResourceType<TopicProperties>({
  name: "AWS::SNS::Topic",
  unbuilt: ["MaximumMessageSize"],
  create: async (ctx, desired) => {
    const suffix = desired.FifoTopic ? ".fifo" : "";
    const name = desired.TopicName ?? `${ctx.physicalName({ maxLength: 256 - suffix.length })}${suffix}`;
    const { TopicArn = "" } = await ctx.call("sns", "CreateTopic", {
      Name: name,
      Attributes: { ...(desired.FifoTopic ? { FifoTopic: "true" } : {}), ...attributesOf(desired) },
      Tags: tagsOf(ctx, desired),
    });
    for (const { Protocol, Endpoint } of desired.Subscription ?? [])
      await ctx.call("sns", "Subscribe", { TopicArn, Protocol, Endpoint });
    return { physicalId: TopicArn, attributes: { TopicArn, TopicName: name } };
  },
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    const before = attributesOf(properties);
    const after = attributesOf(desired);
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
      if (before[name] === after[name]) continue;
      await ctx.call("sns", "SetTopicAttributes", {
        TopicArn: physicalId,
        AttributeName: name,
        AttributeValue: after[name] ?? DEFAULTS[name] ?? "",
      });
    }
    await updateSubscriptions(ctx, physicalId, properties, desired);
    const tags = tagsOf(ctx, desired);
    const gone = (properties.Tags ?? []).filter(({ Key }) => !tags.some((tag) => tag.Key === Key));
    if (gone.length > 0)
      await ctx.call("sns", "UntagResource", { ResourceArn: physicalId, TagKeys: gone.map(({ Key }) => Key) });
    if (tags.length > 0) await ctx.call("sns", "TagResource", { ResourceArn: physicalId, Tags: tags });
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId }) => {
    await ctx.call("sns", "DeleteTopic", { TopicArn: physicalId });
  },
  read: readTopic,
});

const ATTRIBUTES = [
  "ArchivePolicy",
  "ContentBasedDeduplication",
  "DataProtectionPolicy",
  "DisplayName",
  "FifoThroughputScope",
  "KmsMasterKeyId",
  "SignatureVersion",
  "TracingConfig",
] as const;

/** What cannot be emptied is as it was before anything was said of it. */
const DEFAULTS: Readonly<Record<string, string>> = {
  ContentBasedDeduplication: "false",
  FifoThroughputScope: "Topic",
  SignatureVersion: "1",
  TracingConfig: "PassThrough",
};

/** A topic's attributes are text; what a template writes as a structure is one in JSON. */
const attributesOf = (properties: TopicProperties): Record<string, string> =>
  Object.fromEntries([
    ...ATTRIBUTES.flatMap((name) => {
      const value = properties[name];
      return value === undefined ? [] : [[name, typeof value === "object" ? JSON.stringify(value) : String(value)]];
    }),
    ...(properties.DeliveryStatusLogging ?? []).flatMap(feedbackOf),
  ]);

const feedbackOf = (config: LoggingConfig): [string, string][] =>
  FEEDBACK_ENDINGS.flatMap((ending) => {
    const value = config[ending];
    return value === undefined ? [] : [[`${feedbackKindOf(config.Protocol)}${ending}`, String(value)]];
  });

const tagsOf = (ctx: ResourceContext, { Tags = [] }: TopicProperties) => {
  const own = new Map([...Object.entries(ctx.tags), ...Tags.map(({ Key, Value }) => [Key, Value] as const)]);
  return [...own].map(([Key, Value]) => ({ Key, Value }));
};

const updateSubscriptions = async (
  ctx: ResourceContext,
  TopicArn: string,
  current: TopicProperties,
  desired: TopicProperties,
) => {
  const text = (each: object) => JSON.stringify(each);
  const before = new Set((current.Subscription ?? []).map(text));
  const after = new Set((desired.Subscription ?? []).map(text));
  for (const added of (desired.Subscription ?? []).filter((each) => !before.has(text(each)))) {
    await ctx.call("sns", "Subscribe", { TopicArn, ...added });
  }
  const gone = (current.Subscription ?? []).filter((each) => !after.has(text(each)));
  if (gone.length === 0) return;
  const { Subscriptions = [] } = await ctx.call("sns", "ListSubscriptionsByTopic", { TopicArn });
  for (const { SubscriptionArn, Protocol, Endpoint } of Subscriptions) {
    const isGone = gone.some((each) => each.Protocol === Protocol && each.Endpoint === Endpoint);
    if (isGone && SubscriptionArn?.startsWith("arn:")) await ctx.call("sns", "Unsubscribe", { SubscriptionArn });
  }
};
