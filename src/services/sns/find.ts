import { parseArn } from "../../kernel/arn.ts";
import { invalidParameter, subscriptionNotFound, topicNotFound } from "./errors.ts";
import type { SubscriptionRecord, TopicRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** The topic of an ARN. Throws for what is no ARN, is one of elsewhere, or of no topic. */
export const findTopic = ({ topics, region }: Pick<Room, "topics" | "region">, arn: string): TopicRecord => {
  checkTopicArn(arn, region);
  const topic = topics.get(arn);
  if (!topic) throw topicNotFound();
  return topic;
};

/** AWS: a topic of another region is asked for there. */
export const checkTopicArn = (arn: string, region: string, name = "TopicArn"): void => {
  checkArn(arn, name);
  const { service, region: named } = parseArn(arn) ?? {};
  if (service !== "sns" || named !== region) throw invalidParameter(name);
};

export const findSubscription = ({ subscriptions }: Pick<Room, "subscriptions">, arn: string): SubscriptionRecord => {
  checkArn(arn, "SubscriptionArn");
  const subscription = subscriptions.get(arn);
  if (!subscription) throw subscriptionNotFound();
  return subscription;
};

const MIN_ELEMENTS = 6;

export const checkArn = (arn: string, name: string): void => {
  const elements = arn.split(":").length;
  if (elements < MIN_ELEMENTS) {
    throw invalidParameter(`${name} Reason: An ARN must have at least 6 elements, not ${elements}`);
  }
};
