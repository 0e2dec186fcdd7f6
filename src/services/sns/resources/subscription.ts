import type { JsonObject } from "../../../kernel/json.ts";
import { defineResourceType } from "../../../kernel/resource.ts";
import { callAt, readSubscription } from "./readSubscription.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-subscription.html */
interface SubscriptionProperties {
  readonly TopicArn: string;
  readonly Protocol: string;
  readonly Endpoint?: string;
  readonly FilterPolicy?: JsonObject;
  readonly FilterPolicyScope?: string;
  readonly RawMessageDelivery?: boolean;
  readonly RedrivePolicy?: JsonObject;
  readonly DeliveryPolicy?: JsonObject;
  readonly SubscriptionRoleArn?: string;
  /** Where the topic is. */
  readonly Region?: string;
}

export const subscriptionType = defineResourceType<SubscriptionProperties>({
  name: "AWS::SNS::Subscription",
  unbuilt: ["ReplayPolicy"],
  create: async (ctx, desired) => {
    const { SubscriptionArn = "" } = await ctx.callIn(desired.Region ?? ctx.region)("sns", "Subscribe", {
      TopicArn: desired.TopicArn,
      Protocol: desired.Protocol,
      Endpoint: desired.Endpoint,
      Attributes: attributesOf(desired),
      ReturnSubscriptionArn: true,
    });
    return { physicalId: SubscriptionArn, attributes: { Arn: SubscriptionArn } };
  },
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    const call = callAt(ctx, physicalId);
    const before = attributesOf(properties);
    const after = attributesOf(desired);
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
      if (before[name] === after[name]) continue;
      await call("sns", "SetSubscriptionAttributes", {
        SubscriptionArn: physicalId,
        AttributeName: name,
        AttributeValue: after[name] ?? DEFAULTS[name] ?? "",
      });
    }
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId }) => {
    await callAt(ctx, physicalId)("sns", "Unsubscribe", { SubscriptionArn: physicalId });
  },
  read: readSubscription,
});

/** What cannot be emptied is as it was before anything was said of it. */
const DEFAULTS: Readonly<Record<string, string>> = {
  FilterPolicyScope: "MessageAttributes",
  RawMessageDelivery: "false",
};

const attributesOf = (properties: SubscriptionProperties): Record<string, string> => ({
  ...(properties.FilterPolicy === undefined ? {} : { FilterPolicy: JSON.stringify(properties.FilterPolicy) }),
  ...(properties.FilterPolicyScope === undefined ? {} : { FilterPolicyScope: properties.FilterPolicyScope }),
  ...(properties.RawMessageDelivery === undefined ? {} : { RawMessageDelivery: String(properties.RawMessageDelivery) }),
  ...(properties.RedrivePolicy === undefined ? {} : { RedrivePolicy: JSON.stringify(properties.RedrivePolicy) }),
  ...(properties.SubscriptionRoleArn === undefined ? {} : { SubscriptionRoleArn: properties.SubscriptionRoleArn }),
  ...(properties.DeliveryPolicy === undefined ? {} : { DeliveryPolicy: JSON.stringify(properties.DeliveryPolicy) }),
});
