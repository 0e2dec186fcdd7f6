import { parseArn } from "../../../kernel/arn.ts";
import type { Call } from "../../../kernel/context.ts";
import { isJsonObject, type JsonValue } from "../../../kernel/json.ts";
import type { ResourceContext, ResourceReading } from "../../../kernel/resource.ts";
import { parsed, picked, plain, unlessMissing } from "../../../kernel/resourceReading.ts";

const GONE = "NotFoundException";

/** AWS: a subscription is where its topic is, and asked for there. */
export const callAt = (ctx: ResourceContext, subscriptionArn: string): Call =>
  ctx.callIn(parseArn(subscriptionArn)?.region ?? ctx.region);

/** A subscription as it is now. */
export const readSubscription = async (
  ctx: ResourceContext,
  SubscriptionArn: string,
): Promise<ResourceReading | undefined> => {
  const asked = callAt(ctx, SubscriptionArn)("sns", "GetSubscriptionAttributes", { SubscriptionArn });
  const found = await unlessMissing(asked, GONE);
  if (!found) return undefined;
  const attributes: Readonly<Record<string, string>> = found.Attributes ?? {};
  const documents = ["FilterPolicy", "RedrivePolicy"].map((name) => [name, parsed(attributes[name])]);
  const properties = plain({
    ...picked(attributes, ["TopicArn", "Protocol", "Endpoint", "FilterPolicyScope"]),
    RawMessageDelivery: attributes["RawMessageDelivery"] === "true",
    ...Object.fromEntries(documents),
    DeliveryPolicy: deliveryPolicyOf(attributes["DeliveryPolicy"]),
  });
  const unread = ["Region", "ReplayPolicy", "SubscriptionRoleArn"];
  return { physicalId: SubscriptionArn, attributes: { Arn: SubscriptionArn }, properties, unread };
};

/** SNS shows with a delivery policy what was not set of it. */
const deliveryPolicyOf = (text: string | undefined): JsonValue | undefined => {
  const policy = parsed(text);
  if (!isJsonObject(policy)) return undefined;
  return Object.fromEntries(Object.entries(policy).filter(([, part]) => isJsonObject(part)));
};
