import { isJsonObject, type JsonValue } from "../../../kernel/json.ts";
import type { ResourceContext, ResourceReading } from "../../../kernel/resource.ts";
import { parsed, picked, plain, unlessMissing } from "../../../kernel/resourceReading.ts";

const GONE = "NotFoundException";

/** A subscription as it is now. */
export const readSubscription = async (
  ctx: ResourceContext,
  SubscriptionArn: string,
): Promise<ResourceReading | undefined> => {
  const found = await unlessMissing(ctx.call("sns", "GetSubscriptionAttributes", { SubscriptionArn }), GONE);
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
