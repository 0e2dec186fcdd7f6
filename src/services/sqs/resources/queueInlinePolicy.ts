import { errorCode } from "../../../kernel/errors.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { readQueueInlinePolicy } from "./readQueuePolicy.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queueinlinepolicy.html */
interface QueueInlinePolicyProperties {
  readonly Queue: string;
  readonly PolicyDocument: JsonObject;
}

/** The policy of one queue, known by the queue's URL. */
export const queueInlinePolicyType = defineResourceType<QueueInlinePolicyProperties>({
  name: "AWS::SQS::QueueInlinePolicy",
  read: readQueueInlinePolicy,
  create: async (ctx, { Queue, PolicyDocument }) => {
    await setPolicy(ctx, Queue, JSON.stringify(PolicyDocument));
    return { physicalId: Queue, attributes: {} };
  },
  update: async (ctx, { physicalId, attributes }, { Queue, PolicyDocument }) => {
    await setPolicy(ctx, Queue, JSON.stringify(PolicyDocument));
    return { physicalId, attributes };
  },
  delete: async (ctx, { properties }) => {
    try {
      await setPolicy(ctx, properties.Queue, "");
    } catch (error) {
      // A queue that went first took its policy with it.
      if (errorCode(error) !== "QueueDoesNotExist") throw error;
    }
  },
});

const setPolicy = async (ctx: ResourceContext, QueueUrl: string, Policy: string): Promise<void> => {
  await ctx.call("sqs", "SetQueueAttributes", { QueueUrl, Attributes: { Policy } });
};
