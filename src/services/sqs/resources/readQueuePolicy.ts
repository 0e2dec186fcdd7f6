import type { JsonValue } from "../../../kernel/json.ts";
import { inlinePolicyReader, sharedPolicyReader } from "../../../kernel/policyReading.ts";
import type { ResourceContext } from "../../../kernel/resource.ts";
import { parsed, unlessMissing } from "../../../kernel/resourceReading.ts";

/** The policy that a queue has. */
const policyOf = async (ctx: ResourceContext, QueueUrl: string): Promise<JsonValue | undefined> => {
  const asked = ctx.call("sqs", "GetQueueAttributes", { QueueUrl, AttributeNames: ["Policy"] });
  return parsed((await unlessMissing(asked, "QueueDoesNotExist"))?.Attributes?.["Policy"]);
};

export const readQueuePolicy = sharedPolicyReader("Queues", policyOf);
export const readQueueInlinePolicy = inlinePolicyReader("Queue", policyOf);
