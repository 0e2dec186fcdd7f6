import { parseArn } from "../../../kernel/arn.ts";
import { NotImplemented } from "../../../kernel/errors.ts";
import { requestConfirmation } from "../delivery/confirm.ts";
import { invalidParameter } from "../errors.ts";
import { findSubscription, findTopic } from "../find.ts";
import { PAGE_SIZE } from "../limits.ts";
import { type SubscriptionRecord, subscriptionsOf } from "../records.ts";
import { queueIn } from "../redrive.ts";
import type { Operation, Room } from "../room.ts";

const CONFIRMED_BY_OWNER = new Set(["email", "email-json", "http", "https"]);
const BY_ARN: Readonly<Record<string, string>> = { lambda: "lambda", sqs: "sqs", firehose: "firehose" };
const ATTRIBUTES = new Set([
  "DeliveryPolicy",
  "FilterPolicy",
  "FilterPolicyScope",
  "RawMessageDelivery",
  "RedrivePolicy",
  "SubscriptionRoleArn",
]);

export const subscribe =
  (room: Room): Operation<"Subscribe"> =>
  async (ctx, input) => {
    const topic = findTopic(room, input.TopicArn);
    const endpoint = input.Endpoint ?? "";
    checkEndpoint(input.Protocol, endpoint);
    const attributes = input.Attributes ?? {};
    for (const [name, value] of Object.entries(attributes)) checkAttribute(name, value);
    const existing = [...subscriptionsOf(room, topic.arn)].find(
      (each) => each.protocol === input.Protocol && each.endpoint === endpoint,
    );
    const subscription = existing ?? {
      arn: `${topic.arn}:${room.ids.uuid()}`,
      topicArn: topic.arn,
      owner: ctx.account,
      protocol: input.Protocol,
      endpoint,
      confirmed: !CONFIRMED_BY_OWNER.has(input.Protocol),
      confirmationToken: room.ids.hex(64),
      attributes,
    };
    if (!existing) {
      room.subscriptions.put(subscription.arn, subscription);
      if (!subscription.confirmed) requestConfirmation(room, subscription);
    }
    return {
      SubscriptionArn:
        subscription.confirmed || input.ReturnSubscriptionArn ? subscription.arn : "pending confirmation",
    };
  };

const checkEndpoint = (protocol: string, endpoint: string): void => {
  const service = BY_ARN[protocol];
  if (service !== undefined) {
    if (parseArn(endpoint)?.service !== service) throw invalidParameter(`${protocol.toUpperCase()} endpoint ARN`);
    if (service === "firehose") throw new NotImplemented("SNS subscriptions of Firehose");
    return;
  }
  if (protocol === "http" || protocol === "https") {
    if (!endpoint.startsWith(`${protocol}://`)) throw invalidParameter("Endpoint must match the specified protocol");
    return;
  }
  if (protocol === "email" || protocol === "email-json") {
    if (!/^[^@\s]+@[^@\s]+$/.test(endpoint)) throw invalidParameter("Email address");
    return;
  }
  if (protocol === "sms") throw new NotImplemented("SNS subscriptions by text message");
  if (protocol === "application") throw new NotImplemented("SNS subscriptions of mobile applications");
  throw invalidParameter("Does not support this protocol string: ".concat(protocol));
};

const checkAttribute = (name: string, value: string): void => {
  if (!ATTRIBUTES.has(name)) throw invalidParameter("AttributeName");
  if (name === "RawMessageDelivery" && value !== "true" && value !== "false")
    throw invalidParameter("RawMessageDelivery: Invalid value. Must be true or false.");
  if (name === "FilterPolicyScope" && value !== "MessageAttributes" && value !== "MessageBody")
    throw invalidParameter(
      "FilterPolicyScope: Invalid value [".concat(value, "]. Please use either MessageBody or MessageAttributes"),
    );
  if (name === "RedrivePolicy" && value !== "" && queueIn(value) === undefined)
    throw invalidParameter("RedrivePolicy: deadLetterTargetArn is an invalid arn");
  if (name !== "FilterPolicy" || value === "") return;
  try {
    const policy: unknown = JSON.parse(value);
    if (typeof policy === "object" && policy !== null && !Array.isArray(policy)) return;
  } catch {
    // Not JSON: refused below as AWS does.
  }
  throw invalidParameter("FilterPolicy: failed to parse JSON.");
};

export const confirmSubscription =
  (room: Room): Operation<"ConfirmSubscription"> =>
  async (_ctx, input) => {
    const topic = findTopic(room, input.TopicArn);
    const found = [...subscriptionsOf(room, topic.arn)].find((each) => each.confirmationToken === input.Token);
    if (!found) throw invalidParameter("Token");
    room.subscriptions.put(found.arn, { ...found, confirmed: true });
    return { SubscriptionArn: found.arn };
  };

export const unsubscribe =
  (room: Pick<Room, "subscriptions">): Operation<"Unsubscribe"> =>
  async (_ctx, input) => {
    room.subscriptions.delete(input.SubscriptionArn);
    return {};
  };

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
  (room: Pick<Room, "topics" | "subscriptions">): Operation<"ListSubscriptionsByTopic"> =>
  async (_ctx, input) =>
    paged(subscriptionsOf(room, findTopic(room, input.TopicArn).arn), input.NextToken);

export const getSubscriptionAttributes =
  (room: Pick<Room, "subscriptions">): Operation<"GetSubscriptionAttributes"> =>
  async (_ctx, input) => {
    const { arn, topicArn, owner, protocol, endpoint, confirmed, attributes } = findSubscription(
      room,
      input.SubscriptionArn,
    );
    return {
      Attributes: {
        SubscriptionArn: arn,
        TopicArn: topicArn,
        Owner: owner,
        Protocol: protocol,
        Endpoint: endpoint,
        PendingConfirmation: String(!confirmed),
        ConfirmationWasAuthenticated: String(confirmed),
        RawMessageDelivery: "false",
        ...attributes,
      },
    };
  };

export const setSubscriptionAttributes =
  (room: Pick<Room, "subscriptions">): Operation<"SetSubscriptionAttributes"> =>
  async (_ctx, input) => {
    const subscription = findSubscription(room, input.SubscriptionArn);
    const value = input.AttributeValue ?? "";
    checkAttribute(input.AttributeName, value);
    room.subscriptions.put(subscription.arn, {
      ...subscription,
      attributes: { ...subscription.attributes, [input.AttributeName]: value },
    });
    return {};
  };
