import { effectiveTopicPolicy, shownTopicPolicy } from "../deliveryPolicy.ts";
import { deliveryPolicyFault } from "../deliveryPolicyFault.ts";
import { invalidParameter } from "../errors.ts";
import { FEEDBACK_ATTRIBUTES, feedbackFault } from "../feedback.ts";
import { checkTopicArn, findTopic } from "../find.ts";
import { PAGE_SIZE } from "../limits.ts";
import { type SubscriptionRecord, subscriptionsOf, type TopicRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { policyOf, TOPIC_ATTRIBUTES } from "../topics.ts";
import { checkTags } from "./tags.ts";

const NAME = /^[A-Za-z0-9_-]{1,256}(\.fifo)?$/;

export const createTopic =
  ({ topics, clock }: Pick<Room, "topics" | "clock">): Operation<"CreateTopic"> =>
  async (ctx, input) => {
    const { FifoTopic = "false", ...attributes } = input.Attributes ?? {};
    const fifo = FifoTopic === "true";
    if (!NAME.test(input.Name) || input.Name.endsWith(".fifo") !== fifo) throw invalidParameter("Topic Name");
    checkAttributes(attributes);
    const arn = ctx.arn(input.Name);
    checkTags(input.Tags ?? []);
    const tags = (input.Tags ?? []).map(({ Key, Value }) => ({ key: Key, value: Value }));
    const existing = topics.get(arn);
    // AWS: making a topic that is there answers it, unless it is to be another.
    if (existing && Object.entries(attributes).some(([name, value]) => existing.attributes[name] !== value)) {
      throw invalidParameter("Attributes Reason: Topic already exists with different attributes");
    }
    const hasTag = ({ key, value }: TopicRecord["tags"][number]) =>
      existing?.tags.some((tag) => tag.key === key && tag.value === value);
    if (existing && !tags.every(hasTag)) {
      throw invalidParameter("Tags Reason: Topic already exists with different tags");
    }
    if (!existing) topics.put(arn, { arn, name: input.Name, fifo, attributes, tags, createdAt: clock.now() });
    return { TopicArn: arn };
  };

const checkAttributes = (attributes: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(attributes)) {
    if (!TOPIC_ATTRIBUTES.has(name)) throw invalidParameter("AttributeName");
    if (name === "Policy" && value !== "") checkPolicy(value);
    const wrong = feedbackFault(name, value);
    if (wrong !== undefined) throw invalidParameter(wrong);
    if (name !== "DeliveryPolicy" || value === "") continue;
    const fault = deliveryPolicyFault(value, "topic");
    if (fault !== undefined) throw invalidParameter(fault);
  }
};

const checkPolicy = (text: string): void => {
  try {
    const document: unknown = JSON.parse(text);
    if (typeof document === "object" && document !== null && "Statement" in document) return;
  } catch {
    // Not JSON: refused below as AWS does.
  }
  throw invalidParameter("Policy Error: null");
};

export const deleteTopic =
  (room: Pick<Room, "topics" | "subscriptions" | "messages" | "region">): Operation<"DeleteTopic"> =>
  async (_ctx, input) => {
    checkTopicArn(input.TopicArn, room.region);
    // AWS: deleting what is not there is no error.
    for (const { arn } of subscriptionsOf(room, input.TopicArn)) room.subscriptions.delete(arn);
    room.topics.delete(input.TopicArn);
    room.messages.clear({ prefix: [input.TopicArn] });
    return {};
  };

export const listTopics =
  ({ topics }: Pick<Room, "topics">): Operation<"ListTopics"> =>
  async (_ctx, input) => {
    const page = [...topics.range({ limit: PAGE_SIZE + 1, ...(input.NextToken ? { gt: input.NextToken } : {}) })];
    const Topics = page.slice(0, PAGE_SIZE).map(({ value }) => ({ TopicArn: value.arn }));
    return { Topics, ...(page.length > PAGE_SIZE ? { NextToken: Topics.at(-1)?.TopicArn } : {}) };
  };

export const getTopicAttributes =
  (room: Pick<Room, "topics" | "subscriptions" | "account" | "region">): Operation<"GetTopicAttributes"> =>
  async (_ctx, input) => {
    const topic = findTopic(room, input.TopicArn);
    return { Attributes: attributesOf(topic, [...subscriptionsOf(room, topic.arn)], room.account) };
  };

/** What an empty text takes away. */
const CLEARED: ReadonlySet<string> = new Set(["DeliveryPolicy", "Policy", ...FEEDBACK_ATTRIBUTES]);

const attributesOf = (topic: TopicRecord, subscriptions: readonly SubscriptionRecord[], account: string) => ({
  TopicArn: topic.arn,
  Owner: account,
  DisplayName: "",
  SubscriptionsConfirmed: String(subscriptions.filter(({ confirmed }) => confirmed).length),
  SubscriptionsPending: String(subscriptions.filter(({ confirmed }) => !confirmed).length),
  SubscriptionsDeleted: "0",
  ...(topic.fifo ? { FifoTopic: "true", ContentBasedDeduplication: "false" } : {}),
  ...topic.attributes,
  ...deliveryPolicies(topic),
  Policy: policyOf(topic, account),
});

const deliveryPolicies = (topic: TopicRecord) => {
  const own = shownTopicPolicy(topic);
  return {
    ...(own === undefined ? {} : { DeliveryPolicy: own }),
    EffectiveDeliveryPolicy: effectiveTopicPolicy(topic),
  };
};

export const setTopicAttributes =
  (room: Pick<Room, "topics" | "region">): Operation<"SetTopicAttributes"> =>
  async (_ctx, input) => {
    const topic = findTopic(room, input.TopicArn);
    const value = input.AttributeValue ?? "";
    checkAttributes({ [input.AttributeName]: value });
    const { [input.AttributeName]: _before, ...others } = topic.attributes;
    const attributes =
      value === "" && CLEARED.has(input.AttributeName) ? others : { ...others, [input.AttributeName]: value };
    room.topics.put(topic.arn, { ...topic, attributes });
    return {};
  };
