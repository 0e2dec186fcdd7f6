import { parseArn } from "../../kernel/arn.ts";
import { isJsonObject } from "../../kernel/json.ts";
import type { SubscriptionRecord } from "./records.ts";

/** The queue a redrive policy names; undefined when it names none. https://docs.aws.amazon.com/sns/latest/dg/sns-configure-dead-letter-queue.html */
export const queueIn = (policy: string): string | undefined => {
  try {
    const document: unknown = JSON.parse(policy);
    const arn = isJsonObject(document) ? document["deadLetterTargetArn"] : undefined;
    return typeof arn === "string" && parseArn(arn)?.service === "sqs" ? arn : undefined;
  } catch {
    // Not JSON, so it names nothing.
    return undefined;
  }
};

export const deadLetterQueueOf = ({ attributes }: SubscriptionRecord): string | undefined =>
  queueIn(attributes["RedrivePolicy"] ?? "");
