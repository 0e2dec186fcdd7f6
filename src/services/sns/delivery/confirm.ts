import type { SubscriptionRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { signatureOf } from "../signing/signer.ts";
import { post } from "./post.ts";

/** Asks an HTTP receiver to confirm. Email receivers find the message among the topic's kept ones. */
export const requestConfirmation = (room: Room, subscription: SubscriptionRecord): void => {
  if (!subscription.protocol.startsWith("http")) return;
  const { topicArn, confirmationToken } = subscription;
  tell(room, subscription, "SubscriptionConfirmation", confirmationToken, [
    `You have chosen to subscribe to the topic ${topicArn}.`,
    "To confirm the subscription, visit the SubscribeURL included in this message.",
  ]);
};

/** Tells an HTTP receiver that it was unsubscribed, and how to take that back. */
export const announceEnd = (room: Room, subscription: SubscriptionRecord, token: string): void =>
  tell(room, subscription, "UnsubscribeConfirmation", token, [
    `You have chosen to deactivate subscription ${subscription.arn}.`,
    "To cancel this operation and restore the subscription, visit the SubscribeURL included in this message.",
  ]);

const tell = (
  room: Room,
  subscription: SubscriptionRecord,
  type: string,
  Token: string,
  lines: readonly string[],
): void => {
  const { topicArn } = subscription;
  const topic = room.topics.get(topicArn);
  if (!topic) return;
  const messageId = room.ids.uuid();
  const document = {
    Type: type,
    MessageId: messageId,
    Token,
    TopicArn: topicArn,
    Message: lines.join("\n"),
    // AWS: the ARN stands there as it is.
    SubscribeURL: `${room.endpoint()}/?Action=ConfirmSubscription&TopicArn=${topicArn}&Token=${Token}`,
    Timestamp: new Date(room.clock.now()).toISOString(),
  };
  room.tasks.spawn(`SNS ${type} of ${subscription.arn}`, async (signal) => {
    const body = JSON.stringify({ ...document, ...(await signatureOf(room, topic, document)) }, undefined, 2);
    try {
      await post(subscription, { type, messageId, body }, signal);
    } catch (error) {
      // AWS: an endpoint that does not answer stays unconfirmed; its owner subscribes again.
      if (signal.aborted) throw error;
    }
  });
};
