import { isDeepStrictEqual } from "node:util";
import type { JsonValue } from "../../../kernel/json.ts";
import type { ResourceContext } from "../../../kernel/resource.ts";
import {
  parsed,
  plain,
  type ResourceReader,
  sharedDocument,
  textOf,
  textsOf,
  unlessMissing,
} from "../../../kernel/resourceReading.ts";
import { defaultPolicy } from "../topics.ts";

/** The policy that a topic has been given. AWS: one that nobody gave one has its default. */
const policyOf = async (ctx: ResourceContext, TopicArn: string): Promise<JsonValue | undefined> => {
  const asked = ctx.call("sns", "GetTopicAttributes", { TopicArn });
  const policy = parsed((await unlessMissing(asked, "NotFound", "NotFoundException"))?.Attributes?.["Policy"]);
  const owner = TopicArn.split(":")[4] ?? ctx.account;
  return isDeepStrictEqual(policy, parsed(defaultPolicy(TopicArn, owner))) ? undefined : policy;
};

/** One document on the topics that the template names: those that have another one are not among them. */
export const readTopicPolicy: ResourceReader = async (ctx, physicalId, given) => {
  const shared = await sharedDocument(textsOf(given, "Topics"), (name) => policyOf(ctx, name));
  if (shared === undefined) return undefined;
  const properties = plain({ PolicyDocument: shared.document, Topics: shared.holders });
  return { physicalId, attributes: { Id: physicalId }, properties, unread: [] };
};

/** The same for the one topic that an inline policy names. */
export const readTopicInlinePolicy: ResourceReader = async (ctx, physicalId, given) => {
  const TopicArn = textOf(given, "TopicArn") ?? physicalId;
  const PolicyDocument = await policyOf(ctx, TopicArn);
  if (PolicyDocument === undefined) return undefined;
  return { physicalId, attributes: {}, properties: plain({ PolicyDocument, TopicArn }), unread: [] };
};
