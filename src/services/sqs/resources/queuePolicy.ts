import type { JsonObject } from "../../../kernel/json.ts";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { readQueuePolicy } from "./readQueuePolicy.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queuepolicy.html */
interface QueuePolicyProperties {
  readonly PolicyDocument: JsonObject;
  readonly Queues: readonly string[];
}

export const queuePolicyType = defineResourceType<QueuePolicyProperties>({
  name: "AWS::SQS::QueuePolicy",
  read: readQueuePolicy,
  create: async (ctx, desired) => {
    await setPolicy(ctx, desired.Queues, JSON.stringify(desired.PolicyDocument));
    const physicalId = ctx.physicalName();
    return { physicalId, attributes: { Id: physicalId } };
  },
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    await setPolicy(
      ctx,
      properties.Queues.filter((url) => !desired.Queues.includes(url)),
      "",
    );
    await setPolicy(ctx, desired.Queues, JSON.stringify(desired.PolicyDocument));
    return { physicalId, attributes };
  },
  delete: async (ctx, { properties }) => {
    for (const url of properties.Queues) await dropPolicy(ctx, url);
  },
});

const setPolicy = async (ctx: ResourceContext, queues: readonly string[], Policy: string): Promise<void> => {
  for (const QueueUrl of queues) await ctx.call("sqs", "SetQueueAttributes", { QueueUrl, Attributes: { Policy } });
};

/** A queue that went first took its policy with it. */
const dropPolicy = async (ctx: ResourceContext, url: string): Promise<void> => {
  try {
    await setPolicy(ctx, [url], "");
  } catch (error) {
    if (!(error instanceof Error && error.name === "QueueDoesNotExist")) throw error;
  }
};
