import type { SubscriptionRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { post } from "./send.ts";

/** Asks an HTTP receiver to confirm. Email receivers find the message among the topic's kept ones. */
export const requestConfirmation = (room: Room, subscription: SubscriptionRecord): void => {
  if (!subscription.protocol.startsWith("http")) return;
  const { topicArn, confirmationToken } = subscription;
  const query = new URLSearchParams({ Action: "ConfirmSubscription", TopicArn: topicArn, Token: confirmationToken });
  const body = JSON.stringify({
    Type: "SubscriptionConfirmation",
    MessageId: room.ids.uuid(),
    Token: confirmationToken,
    TopicArn: topicArn,
    Message: `You have chosen to subscribe to the topic ${topicArn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`,
    SubscribeURL: `${room.endpoint()}/?${query}`,
    Timestamp: new Date(room.clock.now()).toISOString(),
    SignatureVersion: "1",
    Signature: "",
    SigningCertURL: "",
  });
  room.tasks.spawn(`SNS confirmation of ${subscription.arn}`, async (signal) => {
    try {
      await post(subscription, body, "SubscriptionConfirmation", signal);
    } catch (error) {
      // AWS: an endpoint that does not answer stays unconfirmed; its owner subscribes again.
      if (signal.aborted) throw error;
    }
  });
};
