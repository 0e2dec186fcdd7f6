import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { DEFAULT_RETRIES, objectIn, objectOf, type RetryPolicy } from "./deliveryPolicy.ts";

/** Why a delivery policy is none, or undefined when it is one. */
export const deliveryPolicyFault = (text: string, of: "topic" | "subscription"): string | undefined => {
  const policy = objectIn(text);
  if (!policy) return "DeliveryPolicy: failed to parse JSON.";
  const http = of === "topic" ? objectOf(policy["http"]) : policy;
  const [retries, throttle] =
    of === "topic"
      ? (["defaultHealthyRetryPolicy", "defaultThrottlePolicy"] as const)
      : (["healthyRetryPolicy", "throttlePolicy"] as const);
  const retryFault = isJsonObject(http[retries])
    ? retryPolicyFault({ ...DEFAULT_RETRIES, ...http[retries] })
    : undefined;
  if (retryFault !== undefined) return `DeliveryPolicy: ${retries}.${retryFault}`;
  const rate = objectOf(http[throttle])["maxReceivesPerSecond"];
  const isRate = rate === undefined || rate === null || (typeof rate === "number" && rate >= 1);
  return isRate ? undefined : `DeliveryPolicy: ${throttle}.maxReceivesPerSecond must be at least 1`;
};

const BACKOFFS: ReadonlySet<unknown> = new Set(["linear", "arithmetic", "geometric", "exponential"]);
const MAX_DELAY_SECONDS = 3600;
const MAX_RETRIES = 100;
const COUNTS = ["numRetries", "numMaxDelayRetries", "numNoDelayRetries", "numMinDelayRetries"] as const;

const retryPolicyFault = (policy: JsonObject & RetryPolicy): string | undefined => {
  const { minDelayTarget, maxDelayTarget } = policy;
  const isWhole = (value: unknown) => Number.isInteger(value) && Number(value) >= 0;
  const wrong = COUNTS.find((name) => !isWhole(policy[name]));
  if (wrong) return `${wrong} must be a whole number`;
  if (policy.numRetries > MAX_RETRIES) return `numRetries must be at most ${MAX_RETRIES}`;
  if (policy.numMaxDelayRetries + policy.numNoDelayRetries + policy.numMinDelayRetries > policy.numRetries) {
    return "numRetries must be at least the sum of the retries of each phase";
  }
  if (!isWhole(minDelayTarget) || !isWhole(maxDelayTarget) || maxDelayTarget > MAX_DELAY_SECONDS) {
    return `maxDelayTarget must be at most ${MAX_DELAY_SECONDS}`;
  }
  if (minDelayTarget > maxDelayTarget) return "minDelayTarget must be at most maxDelayTarget";
  return BACKOFFS.has(policy.backoffFunction) ? undefined : "backoffFunction is unknown";
};
