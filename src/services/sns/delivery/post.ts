import { askHttp } from "../../../engines/gateway/askHttp.ts";
import { DELIVERY_TIMEOUT_MS } from "../limits.ts";
import type { SubscriptionRecord } from "../records.ts";
import type { Receipt } from "./parcel.ts";
import { DeliveryRefused } from "./refused.ts";

/** What is posted to an HTTP receiver. */
export interface Posted {
  readonly type: string;
  readonly messageId: string;
  readonly body: string;
  readonly contentType?: string;
  readonly raw?: boolean;
}

const DEFAULT_TYPE = "text/plain; charset=UTF-8";
const TOO_MANY_REQUESTS = 429;
const MAX_RESPONSE_LENGTH = 1024;

/** Posts to an address of this machine; anything farther is refused, since nothing here may speak to the world. */
export const post = async (subscription: SubscriptionRecord, posted: Posted, signal: AbortSignal): Promise<Receipt> => {
  const { endpoint, topicArn, arn } = subscription;
  const url = new URL(endpoint);
  if (!LOOPBACK.test(url.hostname)) {
    throw new DeliveryRefused(`${url.hostname} is not on this machine, and SNS here delivers nowhere else`);
  }
  const answer = await askHttp({
    url,
    method: "POST",
    headers: {
      "content-type": posted.contentType ?? DEFAULT_TYPE,
      "accept-encoding": "gzip,deflate",
      "user-agent": "Amazon Simple Notification Service Agent",
      "x-amz-sns-message-type": posted.type,
      "x-amz-sns-message-id": posted.messageId,
      "x-amz-sns-topic-arn": topicArn,
      ...(posted.type === "Notification" ? { "x-amz-sns-subscription-arn": arn } : {}),
      ...(posted.raw ? { "x-amz-sns-rawdelivery": "true" } : {}),
    },
    body: posted.body,
    signal: AbortSignal.any([signal, AbortSignal.timeout(DELIVERY_TIMEOUT_MS)]),
  });
  const { status } = answer;
  if (status >= 200 && status < 300) {
    return { statusCode: status, response: answer.body.toString().slice(0, MAX_RESPONSE_LENGTH) };
  }
  const message = `${endpoint} answered ${status}`;
  // AWS: a receiver that says the request is wrong is not asked again.
  const isFinal = status >= 400 && status < 500 && status !== TOO_MANY_REQUESTS;
  throw isFinal ? new DeliveryRefused(message) : new Error(message);
};

const LOOPBACK = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/;
