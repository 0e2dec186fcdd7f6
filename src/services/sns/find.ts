import { parseArn } from "../../kernel/arn.ts";
import { invalidParameter, subscriptionNotFound, topicNotFound } from "./errors.ts";
import type { SubscriptionRecord, TopicRecord } from "./records.ts";
import type { Room } from "./room.ts";

export const findTopic = ({ topics }: Pick<Room, "topics">, arn: string): TopicRecord => {
  if (parseArn(arn)?.service !== "sns")
    throw invalidParameter("TopicArn Reason: An ARN must have at least 6 elements, not 1");
  const topic = topics.get(arn);
  if (!topic) throw topicNotFound();
  return topic;
};

export const findSubscription = ({ subscriptions }: Pick<Room, "subscriptions">, arn: string): SubscriptionRecord => {
  if (parseArn(arn)?.service !== "sns")
    throw invalidParameter("SubscriptionArn Reason: An ARN must have at least 6 elements, not 1");
  const subscription = subscriptions.get(arn);
  if (!subscription) throw subscriptionNotFound();
  return subscription;
};
