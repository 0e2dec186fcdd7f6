import { matchesPattern, type Pattern } from "../../../engines/pattern/eventPattern.ts";
import type { MessageRecord, SubscriptionRecord } from "../records.ts";

/** Whether a subscription's filter policy lets a message through. https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html */
export const passesFilter = ({ attributes }: SubscriptionRecord, message: MessageRecord): boolean => {
  const text = attributes["FilterPolicy"];
  if (text === undefined || text === "" || text === "{}") return true;
  const policy: Pattern = JSON.parse(text);
  if (attributes["FilterPolicyScope"] === "MessageBody") {
    const body = parsed(message.message);
    return body !== undefined && matchesPattern(policy, body);
  }
  return matchesPattern(policy, attributeValues(message));
};

const parsed = (text: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    // AWS: a body that is no JSON does not match.
    return undefined;
  }
};

const attributeValues = ({ attributes }: MessageRecord): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { type, value }]) => [
      name,
      type === "Number" ? Number(value) : type === "String.Array" ? listOf(value) : value,
    ]),
  );

/** An attribute that says it is a list, and is none, is a text. */
const listOf = (value: string): unknown => {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
