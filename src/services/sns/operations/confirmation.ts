import { announceEnd } from "../delivery/confirm.ts";
import { invalidParameter, refused } from "../errors.ts";
import { checkArn } from "../find.ts";
import { TOKEN_MS } from "../limits.ts";
import type { SubscriptionRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

/** AWS: the token alone tells the subscription; of the topic's ARN only the region counts. */
export const confirmSubscription =
  (room: Room): Operation<"ConfirmSubscription"> =>
  async (ctx, { TopicArn, Token, AuthenticateOnUnsubscribe }) => {
    if (TopicArn.split(":")[3] !== room.region) throw invalidParameter("Topic");
    if (!/^[0-9a-f]+$/i.test(Token)) throw refused("Invalid token");
    const found = subscriptionOf(room, Token);
    if (!found) throw invalidParameter("Token");
    room.subscriptions.put(found.arn, {
      ...found,
      confirmed: true,
      // Who visits the SubscribeURL signs nothing.
      confirmedByCall: found.confirmedByCall ?? ctx.principal.kind !== "anonymous",
      ...(AuthenticateOnUnsubscribe === "true" ? { authenticatesUnsubscribe: true } : {}),
    });
    return { SubscriptionArn: found.arn };
  };

const subscriptionOf = (room: Room, token: string): SubscriptionRecord | undefined => {
  const waiting = room.subscriptions.get(room.tokens.get(token) ?? "");
  if (waiting) return waiting;
  const ended = room.ended.get(token);
  if (!ended || ended.endedAt <= room.clock.now() - TOKEN_MS || !room.topics.has(ended.subscription.topicArn)) {
    return undefined;
  }
  room.ended.delete(token);
  return ended.subscription;
};

const ARN_ELEMENTS = 7;
export const unsubscribe =
  (room: Room): Operation<"Unsubscribe"> =>
  async (_ctx, { SubscriptionArn }) => {
    checkArn(SubscriptionArn, "SubscriptionArn");
    if (SubscriptionArn.split(":").length < ARN_ELEMENTS) throw invalidParameter("SubscriptionId");
    const subscription = room.subscriptions.get(SubscriptionArn);
    // AWS: ending what is not there is no error.
    if (!subscription) return {};
    room.subscriptions.delete(subscription.arn);
    room.tokens.delete(subscription.confirmationToken);
    if (subscription.confirmed && subscription.protocol.startsWith("http")) {
      const token = room.ids.hex(subscription.confirmationToken.length);
      forgetOld(room);
      room.ended.put(token, { subscription, endedAt: room.clock.now() });
      announceEnd(room, subscription, token);
    }
    return {};
  };

const forgetOld = ({ ended, clock }: Room): void => {
  for (const { key, value } of ended.range({})) if (value.endedAt <= clock.now() - TOKEN_MS) ended.delete(key);
};
