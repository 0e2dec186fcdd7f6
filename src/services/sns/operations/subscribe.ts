import { parseArn } from "../../../kernel/arn.ts";
import { NotImplemented } from "../../../kernel/errors.ts";
import { principalArn } from "../../../kernel/principal.ts";
import { requestConfirmation } from "../delivery/confirm.ts";
import { invalidParameter, refused } from "../errors.ts";
import { findTopic } from "../find.ts";
import { isPhoneNumber } from "../phoneNumber.ts";
import { type SubscriptionRecord, subscriptionsOf, type TopicRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { attributesFault, keptAttributes, suits } from "../subscriptionRules.ts";

const CONFIRMED_BY_OWNER = new Set(["email", "email-json", "http", "https"]);
const BY_ARN: Readonly<Record<string, string>> = { lambda: "lambda", sqs: "sqs", firehose: "firehose" };

export const subscribe =
  (room: Room): Operation<"Subscribe"> =>
  async (ctx, input) => {
    const topic = findTopic(room, input.TopicArn);
    const endpoint = input.Endpoint ?? "";
    checkEndpoint(topic, input.Protocol, endpoint);
    const asked = input.Attributes ?? {};
    const fault = attributesFault(asked, topic, endpoint);
    if (fault !== undefined) throw invalidParameter(nestedFault(fault) ? fault : `Attributes Reason: ${fault}`);
    const attributes = keptAttributes(asked);
    const existing = [...subscriptionsOf(room, topic.arn)].find(
      (each) => each.protocol === input.Protocol && each.endpoint === endpoint,
    );
    if (existing && !suits(existing, attributes)) {
      throw invalidParameter("Attributes Reason: Subscription already exists with different attributes");
    }
    const subscription = existing ?? {
      arn: `${topic.arn}:${room.ids.uuid()}`,
      topicArn: topic.arn,
      owner: ctx.account,
      principal: principalArn(ctx.principal),
      protocol: input.Protocol,
      endpoint,
      confirmed: !CONFIRMED_BY_OWNER.has(input.Protocol),
      confirmationToken: room.ids.hex(TOKEN_LENGTH),
      attributes,
    };
    if (!existing) begin(room, subscription);
    return {
      SubscriptionArn:
        subscription.confirmed || input.ReturnSubscriptionArn ? subscription.arn : "pending confirmation",
    };
  };

const TOKEN_LENGTH = 288;

const begin = (room: Room, subscription: SubscriptionRecord): void => {
  room.subscriptions.put(subscription.arn, subscription);
  if (subscription.confirmed) return;
  room.tokens.put(subscription.confirmationToken, subscription.arn);
  requestConfirmation(room, subscription);
};

/** AWS: this one refusal has no name of what it is about in front. */
const nestedFault = (fault: string): boolean => fault.startsWith("Filter policy scope");

const checkEndpoint = (topic: TopicRecord, protocol: string, endpoint: string): void => {
  const service = BY_ARN[protocol];
  if (service !== undefined) {
    if (parseArn(endpoint)?.service !== service) throw invalidParameter(`${protocol.toUpperCase()} endpoint ARN`);
    if (service === "firehose") throw new NotImplemented("SNS subscriptions of Firehose");
    if (service === "sqs" && endpoint.endsWith(".fifo") && !topic.fifo) {
      throw invalidParameter(
        "Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics",
      );
    }
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
  if (protocol === "sms") {
    if (!isPhoneNumber(endpoint)) throw refused(`Invalid SMS endpoint: ${endpoint}`);
    return;
  }
  if (protocol === "application") throw new NotImplemented("SNS subscriptions of mobile applications");
  throw invalidParameter(`Amazon SNS does not support this protocol string: ${protocol}`);
};
