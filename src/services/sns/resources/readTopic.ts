import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import type { ResourceContext, ResourceReading } from "../../../kernel/resource.ts";
import { parsed, picked, plain, tagList, unlessMissing } from "../../../kernel/resourceReading.ts";

const GONE = "NotFoundException";

/** A topic as it is now. Differs: of its subscriptions those that the template names, for others may be resources of their own. */
export const readTopic = async (
  ctx: ResourceContext,
  physicalId: string,
  given: JsonObject,
): Promise<ResourceReading | undefined> => {
  const found = await unlessMissing(ctx.call("sns", "GetTopicAttributes", { TopicArn: physicalId }), GONE);
  if (!found) return undefined;
  const attributes: Readonly<Record<string, string>> = found.Attributes ?? {};
  const TopicName = physicalId.split(":").at(-1) ?? "";
  const { Tags } = await ctx.call("sns", "ListTagsForResource", { ResourceArn: physicalId });
  const properties = plain({
    ...picked(attributes, ["DisplayName", "KmsMasterKeyId", "SignatureVersion", "TracingConfig"]),
    TopicName,
    FifoTopic: attributes["FifoTopic"] === "true",
    ContentBasedDeduplication: attributes["ContentBasedDeduplication"] === "true",
    DeliveryPolicy: parsed(attributes["DeliveryPolicy"]),
    Subscription: await namedSubscriptions(ctx, physicalId, given["Subscription"]),
    Tags: tagList(Tags),
  });
  const unread = [
    "ArchivePolicy",
    "DataProtectionPolicy",
    "DeliveryStatusLogging",
    "FifoThroughputScope",
    "MaximumMessageSize",
  ];
  return { physicalId, attributes: { TopicArn: physicalId, TopicName }, properties, unread };
};

const namedSubscriptions = async (ctx: ResourceContext, TopicArn: string, given: JsonValue | undefined) => {
  if (!Array.isArray(given) || given.length === 0) return [];
  const named = new Set(given.map((each) => (isJsonObject(each) ? keyOf(each["Protocol"], each["Endpoint"]) : "")));
  const there = [];
  let NextToken: string | undefined;
  do {
    const page = await ctx.call("sns", "ListSubscriptionsByTopic", { TopicArn, NextToken });
    there.push(...(page.Subscriptions ?? []).filter(({ Protocol, Endpoint }) => named.has(keyOf(Protocol, Endpoint))));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return there.map(({ Protocol, Endpoint }) => ({ Protocol, Endpoint }));
};

const keyOf = (protocol: JsonValue | undefined, endpoint: JsonValue | undefined): string => `${protocol}|${endpoint}`;
