import { isJsonObject, type JsonObject, type JsonValue } from "../../kernel/json.ts";
import type { SubscriptionRecord, TopicRecord } from "./records.ts";

/** How often, and after which waits, SNS tries an HTTP receiver again. https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html */
export interface RetryPolicy {
  /** Seconds. */
  readonly minDelayTarget: number;
  readonly maxDelayTarget: number;
  readonly numRetries: number;
  /** Of those, so many at the end wait the longest time, */
  readonly numMaxDelayRetries: number;
  /** so many at the start wait not at all, */
  readonly numNoDelayRetries: number;
  /** and so many after those the shortest. */
  readonly numMinDelayRetries: number;
  readonly backoffFunction: Backoff;
}

type Backoff = "linear" | "arithmetic" | "geometric" | "exponential";

export const DEFAULT_RETRIES: RetryPolicy = {
  minDelayTarget: 20,
  maxDelayTarget: 20,
  numRetries: 3,
  numMaxDelayRetries: 0,
  numNoDelayRetries: 0,
  numMinDelayRetries: 0,
  backoffFunction: "linear",
};

/** AWS: for what lies within it, SNS tries for 23 days; no policy changes that. */
export const MANAGED_RETRIES: RetryPolicy = {
  minDelayTarget: 1,
  maxDelayTarget: 20,
  numRetries: 100_015,
  numMaxDelayRetries: 100_000,
  numNoDelayRetries: 3,
  numMinDelayRetries: 2,
  backoffFunction: "exponential",
};

const DEFAULT_CONTENT_TYPE = "text/plain; charset=UTF-8";

/** The wait before a try that comes after `failed` failed ones, in milliseconds; undefined when there is none to come. */
export const retryDelay = (policy: RetryPolicy, failed: number): number | undefined => {
  const { numRetries, numNoDelayRetries, numMinDelayRetries, numMaxDelayRetries } = policy;
  if (failed > numRetries) return undefined;
  if (failed <= numNoDelayRetries) return 0;
  const inBackoff = failed - numNoDelayRetries - numMinDelayRetries;
  const backoffs = numRetries - numNoDelayRetries - numMinDelayRetries - numMaxDelayRetries;
  const share = inBackoff <= 0 ? 0 : inBackoff > backoffs ? 1 : shareOf(policy, inBackoff, backoffs);
  return (policy.minDelayTarget + (policy.maxDelayTarget - policy.minDelayTarget) * share) * 1000;
};

/** Which part of the way from the shortest wait to the longest the n-th of so many waits has gone. */
const shareOf = (
  { backoffFunction, minDelayTarget, maxDelayTarget }: RetryPolicy,
  n: number,
  count: number,
): number => {
  if (count === 1) return 1;
  const position = (n - 1) / (count - 1);
  switch (backoffFunction) {
    case "arithmetic":
      return (n * (n - 1)) / (count * (count - 1));
    case "exponential":
      return (2 ** (n - 1) - 1) / (2 ** (count - 1) - 1);
    case "geometric": {
      const ratio = maxDelayTarget / Math.max(minDelayTarget, 1);
      return ratio === 1 ? 0 : (ratio ** position - 1) / (ratio - 1);
    }
    default:
      return position;
  }
};

/** A topic's delivery policy as GetTopicAttributes shows it: what was set of it. */
export const shownTopicPolicy = ({ attributes }: TopicRecord): string | undefined => {
  const policy = objectIn(attributes["DeliveryPolicy"]);
  if (!policy) return undefined;
  const http = objectOf(policy["http"]);
  const given = (name: string) => (isJsonObject(http[name]) ? { [name]: http[name] } : {});
  return JSON.stringify({
    http: {
      ...given("defaultHealthyRetryPolicy"),
      disableSubscriptionOverrides: http["disableSubscriptionOverrides"] === true,
      ...given("defaultThrottlePolicy"),
      ...given("defaultRequestPolicy"),
    },
  });
};

/** The policy that counts for a topic's receivers, where they have none of their own. */
export const effectiveTopicPolicy = (topic: TopicRecord): string => {
  const http = httpOf(topic);
  return JSON.stringify({
    http: {
      defaultHealthyRetryPolicy: { ...DEFAULT_RETRIES, ...objectOf(http["defaultHealthyRetryPolicy"]) },
      disableSubscriptionOverrides: http["disableSubscriptionOverrides"] === true,
      ...(isJsonObject(http["defaultThrottlePolicy"]) ? { defaultThrottlePolicy: http["defaultThrottlePolicy"] } : {}),
      defaultRequestPolicy: requestPolicyOf(http["defaultRequestPolicy"]),
    },
  });
};

const SUBSCRIPTION_PARTS = ["healthyRetryPolicy", "sicklyRetryPolicy", "throttlePolicy", "requestPolicy"] as const;

/** A subscription's delivery policy as GetSubscriptionAttributes shows it: what was not set is null. */
export const shownSubscriptionPolicy = ({ attributes }: SubscriptionRecord): string | undefined => {
  const policy = objectIn(attributes["DeliveryPolicy"]);
  if (!policy) return undefined;
  const parts = SUBSCRIPTION_PARTS.map((name) => [name, policy[name] ?? null]);
  return JSON.stringify({ ...Object.fromEntries(parts), guaranteed: policy["guaranteed"] === true });
};

/** The policy that counts for one receiver: its own, or the topic's. */
export const effectiveSubscriptionPolicy = (subscription: SubscriptionRecord, topic: TopicRecord) => {
  const http = httpOf(topic);
  const own =
    http["disableSubscriptionOverrides"] === true ? {} : (objectIn(subscription.attributes["DeliveryPolicy"]) ?? {});
  return {
    healthyRetryPolicy: {
      ...DEFAULT_RETRIES,
      ...objectOf(http["defaultHealthyRetryPolicy"]),
      ...objectOf(own["healthyRetryPolicy"]),
    },
    sicklyRetryPolicy: own["sicklyRetryPolicy"] ?? null,
    throttlePolicy: own["throttlePolicy"] ?? http["defaultThrottlePolicy"] ?? null,
    requestPolicy: requestPolicyOf(own["requestPolicy"] ?? http["defaultRequestPolicy"]),
    guaranteed: own["guaranteed"] === true,
  };
};

/** Messages a second that a receiver takes, where its policy says so. */
export const throttleOf = ({ throttlePolicy }: ReturnType<typeof effectiveSubscriptionPolicy>): number | undefined => {
  const rate = objectOf(throttlePolicy)["maxReceivesPerSecond"];
  return typeof rate === "number" ? rate : undefined;
};

const httpOf = ({ attributes }: TopicRecord): JsonObject => objectOf(objectIn(attributes["DeliveryPolicy"])?.["http"]);

const requestPolicyOf = (policy: JsonValue | undefined) => {
  const type = objectOf(policy)["headerContentType"];
  return { headerContentType: typeof type === "string" ? type : DEFAULT_CONTENT_TYPE };
};

export const objectIn = (text: string | undefined): JsonObject | undefined => {
  if (!text) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    // Not JSON: whoever asks refuses it.
    return undefined;
  }
};

export const objectOf = (value: JsonValue | undefined): JsonObject => (isJsonObject(value) ? value : {});
