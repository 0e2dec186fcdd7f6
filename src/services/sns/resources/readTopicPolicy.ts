import { isDeepStrictEqual } from "node:util";
import type { JsonValue } from "../../../kernel/json.ts";
import { inlinePolicyReader, sharedPolicyReader } from "../../../kernel/policyReading.ts";
import type { ResourceContext } from "../../../kernel/resource.ts";
import { parsed, unlessMissing } from "../../../kernel/resourceReading.ts";
import { defaultPolicy } from "../topics.ts";

/** The policy that a topic has been given. AWS: one that nobody gave one has its default. */
const policyOf = async (ctx: ResourceContext, TopicArn: string): Promise<JsonValue | undefined> => {
  const asked = ctx.call("sns", "GetTopicAttributes", { TopicArn });
  const policy = parsed((await unlessMissing(asked, "NotFound", "NotFoundException"))?.Attributes?.["Policy"]);
  const owner = TopicArn.split(":")[4] ?? ctx.account;
  return isDeepStrictEqual(policy, parsed(defaultPolicy(TopicArn, owner))) ? undefined : policy;
};

export const readTopicPolicy = sharedPolicyReader("Topics", policyOf);
export const readTopicInlinePolicy = inlinePolicyReader("TopicArn", policyOf);
