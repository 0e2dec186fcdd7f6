import { errorCode } from "../../../kernel/errors.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { defaultPolicy } from "../topics.ts";
import { readTopicInlinePolicy } from "./readTopicPolicy.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topicinlinepolicy.html */
interface TopicInlinePolicyProperties {
  readonly TopicArn: string;
  readonly PolicyDocument: JsonObject;
}

/** The policy of one topic, known by the topic's ARN. */
export const topicInlinePolicyType = defineResourceType<TopicInlinePolicyProperties>({
  name: "AWS::SNS::TopicInlinePolicy",
  read: readTopicInlinePolicy,
  create: async (ctx, { TopicArn, PolicyDocument }) => {
    await setPolicy(ctx, TopicArn, JSON.stringify(PolicyDocument));
    return { physicalId: TopicArn, attributes: {} };
  },
  update: async (ctx, { physicalId, attributes }, { TopicArn, PolicyDocument }) => {
    await setPolicy(ctx, TopicArn, JSON.stringify(PolicyDocument));
    return { physicalId, attributes };
  },
  delete: async (ctx, { properties: { TopicArn } }) => {
    try {
      // AWS: a topic whose policy is taken away has the default one again.
      await setPolicy(ctx, TopicArn, defaultPolicy(TopicArn, TopicArn.split(":")[4] ?? ctx.account));
    } catch (error) {
      if (errorCode(error) !== "NotFoundException" && errorCode(error) !== "NotFound") throw error;
    }
  },
});

const setPolicy = async (ctx: ResourceContext, TopicArn: string, AttributeValue: string): Promise<void> => {
  await ctx.call("sns", "SetTopicAttributes", { TopicArn, AttributeName: "Policy", AttributeValue });
};
