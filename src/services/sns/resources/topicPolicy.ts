import type { JsonObject } from "../../../kernel/json.ts";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { defaultPolicy } from "../topics.ts";
import { readTopicPolicy } from "./readTopicPolicy.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topicpolicy.html */
interface TopicPolicyProperties {
  readonly PolicyDocument: JsonObject;
  readonly Topics: readonly string[];
}

export const topicPolicyType = defineResourceType<TopicPolicyProperties>({
  name: "AWS::SNS::TopicPolicy",
  read: readTopicPolicy,
  create: async (ctx, desired) => {
    await setPolicy(ctx, desired.Topics, JSON.stringify(desired.PolicyDocument));
    const physicalId = ctx.physicalName();
    return { physicalId, attributes: { Id: physicalId } };
  },
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    await resetPolicy(
      ctx,
      properties.Topics.filter((arn) => !desired.Topics.includes(arn)),
    );
    await setPolicy(ctx, desired.Topics, JSON.stringify(desired.PolicyDocument));
    return { physicalId, attributes };
  },
  delete: async (ctx, { properties }) => resetPolicy(ctx, properties.Topics),
});

const setPolicy = async (ctx: ResourceContext, topics: readonly string[], policy: string): Promise<void> => {
  for (const TopicArn of topics)
    await ctx.call("sns", "SetTopicAttributes", { TopicArn, AttributeName: "Policy", AttributeValue: policy });
};

/** AWS: a topic whose policy is taken away has the default one again. */
const resetPolicy = async (ctx: ResourceContext, topics: readonly string[]): Promise<void> => {
  for (const arn of topics) {
    const owner = arn.split(":")[4] ?? ctx.account;
    await setPolicy(ctx, [arn], defaultPolicy(arn, owner));
  }
};
