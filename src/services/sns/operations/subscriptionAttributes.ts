import { effectiveSubscriptionPolicy, shownSubscriptionPolicy } from "../deliveryPolicy.ts";
import { invalidParameter } from "../errors.ts";
import { findSubscription } from "../find.ts";
import type { SubscriptionRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { attributesFault, keptAttributes } from "../subscriptionRules.ts";

type Subscriptions = Pick<Room, "subscriptions" | "topics">;
export const getSubscriptionAttributes =
  (room: Subscriptions): Operation<"GetSubscriptionAttributes"> =>
  async (_ctx, input) => {
    const subscription = findSubscription(room, input.SubscriptionArn);
    const { arn, topicArn, owner, principal, protocol, endpoint, confirmed, attributes } = subscription;
    const { DeliveryPolicy: _own, FilterPolicyScope = "MessageAttributes", ...shown } = attributes;
    return {
      Attributes: {
        SubscriptionPrincipal: principal,
        Owner: owner,
        RawMessageDelivery: "false",
        TopicArn: topicArn,
        Endpoint: endpoint,
        Protocol: protocol,
        PendingConfirmation: String(!confirmed),
        // AWS: what needs no confirmation counts as confirmed by its owner.
        ConfirmationWasAuthenticated: String(confirmed && subscription.confirmedByCall !== false),
        SubscriptionArn: arn,
        // AWS: a scope without a policy is not shown.
        ...(attributes["FilterPolicy"] === undefined ? {} : { FilterPolicyScope }),
        ...shown,
        ...deliveryPolicies(room, subscription),
      },
    };
  };

const deliveryPolicies = ({ topics }: Subscriptions, subscription: SubscriptionRecord) => {
  const own = shownSubscriptionPolicy(subscription);
  const topic = subscription.protocol.startsWith("http") ? topics.get(subscription.topicArn) : undefined;
  return {
    ...(own === undefined ? {} : { DeliveryPolicy: own }),
    ...(topic ? { EffectiveDeliveryPolicy: JSON.stringify(effectiveSubscriptionPolicy(subscription, topic)) } : {}),
  };
};

export const setSubscriptionAttributes =
  (room: Subscriptions): Operation<"SetSubscriptionAttributes"> =>
  async (_ctx, input) => {
    const subscription = findSubscription(room, input.SubscriptionArn);
    const topic = room.topics.get(subscription.topicArn);
    const changed = { [input.AttributeName]: input.AttributeValue ?? "" };
    const { FilterPolicyScope = "MessageAttributes" } = subscription.attributes;
    const scope = input.AttributeName === "FilterPolicy" ? { FilterPolicyScope } : {};
    const fault = topic && attributesFault({ ...scope, ...changed }, topic, subscription.endpoint);
    if (fault !== undefined) throw invalidParameter(fault);
    room.subscriptions.put(subscription.arn, {
      ...subscription,
      attributes: keptAttributes({ ...subscription.attributes, ...changed }),
    });
    return {};
  };
