import { findTopic } from "../find.ts";
import { PAGE_SIZE } from "../limits.ts";
import { type SubscriptionRecord, subscriptionsOf } from "../records.ts";
import type { Operation, Room } from "../room.ts";

const subscriptionView = (subscription: SubscriptionRecord) => ({
  SubscriptionArn: subscription.confirmed ? subscription.arn : "PendingConfirmation",
  Owner: subscription.owner,
  Protocol: subscription.protocol,
  Endpoint: subscription.endpoint,
  TopicArn: subscription.topicArn,
});

const paged = (all: Iterable<SubscriptionRecord>, token: string | undefined) => {
  const after = [...all].filter(({ arn }) => token === undefined || arn > token);
  const page = after.slice(0, PAGE_SIZE);
  return {
    Subscriptions: page.map(subscriptionView),
    ...(after.length > PAGE_SIZE ? { NextToken: page.at(-1)?.arn } : {}),
  };
};

export const listSubscriptions =
  ({ subscriptions }: Pick<Room, "subscriptions">): Operation<"ListSubscriptions"> =>
  async (_ctx, input) => {
    const range = { limit: PAGE_SIZE + 1, ...(input.NextToken ? { gt: input.NextToken } : {}) };
    return paged(
      [...subscriptions.range(range)].map(({ value }) => value),
      input.NextToken,
    );
  };

export const listSubscriptionsByTopic =
  (room: Pick<Room, "topics" | "subscriptions" | "region">): Operation<"ListSubscriptionsByTopic"> =>
  async (_ctx, input) =>
    paged(subscriptionsOf(room, findTopic(room, input.TopicArn).arn), input.NextToken);
