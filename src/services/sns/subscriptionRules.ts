import { brokenJson } from "./brokenJson.ts";
import { deliveryPolicyFault } from "./deliveryPolicyFault.ts";
import { filterPolicyFault } from "./filterPolicy.ts";
import type { SubscriptionRecord, TopicRecord } from "./records.ts";
import { queueIn } from "./redrive.ts";

type Attributes = Readonly<Record<string, string>>;

const NAMES: ReadonlySet<string> = new Set([
  "DeliveryPolicy",
  "FilterPolicy",
  "FilterPolicyScope",
  "RawMessageDelivery",
  "RedrivePolicy",
  "SubscriptionRoleArn",
]);

/** Why these are no attributes of a subscription, or undefined when they are. */
export const attributesFault = (attributes: Attributes, topic: TopicRecord, endpoint: string): string | undefined => {
  for (const [name, value] of Object.entries(attributes)) {
    const fault = attributeFault(name, value, attributes, topic, endpoint);
    if (fault !== undefined) return fault;
  }
  return undefined;
};

const attributeFault = (
  name: string,
  value: string,
  { FilterPolicyScope: scope }: Attributes,
  topic: TopicRecord,
  endpoint: string,
): string | undefined => {
  if (!NAMES.has(name)) return "AttributeName";
  switch (name) {
    case "RawMessageDelivery":
      return /^(true|false)$/i.test(value)
        ? undefined
        : `RawMessageDelivery: Invalid value [${value}]. Must be true or false.`;
    case "FilterPolicyScope":
      return value === "MessageAttributes" || value === "MessageBody"
        ? undefined
        : `FilterPolicyScope: Invalid value [${value}]. Please use either MessageBody or MessageAttributes`;
    case "FilterPolicy":
      return filterPolicyFault(value, scope ?? "MessageAttributes");
    case "RedrivePolicy":
      return redriveFault(value, topic, endpoint);
    case "DeliveryPolicy":
      return value === "" ? undefined : deliveryPolicyFault(value, "subscription");
    default:
      return undefined;
  }
};

const redriveFault = (policy: string, topic: TopicRecord, endpoint: string): string | undefined => {
  if (policy === "") return undefined;
  const broken = brokenJson(policy);
  if (broken !== undefined) return `RedrivePolicy: ${broken}`;
  const queue = queueIn(policy);
  if (queue === undefined) return "RedrivePolicy: deadLetterTargetArn is an invalid arn";
  if (topic.fifo && endpoint.endsWith(".fifo") && !queue.endsWith(".fifo")) {
    return "RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.";
  }
  return undefined;
};

/** Attributes as they are kept: one way to write each value, and none that is empty. */
export const keptAttributes = (attributes: Attributes): Attributes =>
  Object.fromEntries(
    Object.entries(attributes)
      .filter(([, value]) => value !== "" && value !== "{}")
      .map(([name, value]) => [name, name === "RawMessageDelivery" ? value.toLowerCase() : value]),
  );

const DEFAULTS: Attributes = { RawMessageDelivery: "false", FilterPolicyScope: "MessageAttributes" };

/** Whether a subscription is what these attributes ask for. AWS: what is not said is not compared. */
export const suits = ({ attributes }: SubscriptionRecord, asked: Attributes): boolean =>
  Object.entries(asked).every(([name, value]) => (attributes[name] ?? DEFAULTS[name]) === value);
