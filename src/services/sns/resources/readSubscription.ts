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
  const documents = ["FilterPolicy", "RedrivePolicy", "DeliveryPolicy"].map((name) => [name, parsed(attributes[name])]);
  const properties = plain({
    ...picked(attributes, ["TopicArn", "Protocol", "Endpoint", "FilterPolicyScope"]),
    RawMessageDelivery: attributes["RawMessageDelivery"] === "true",
    ...Object.fromEntries(documents),
  });
  const unread = ["Region", "ReplayPolicy", "SubscriptionRoleArn"];
  return { physicalId: SubscriptionArn, attributes: { Arn: SubscriptionArn }, properties, unread };
};
