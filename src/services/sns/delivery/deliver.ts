import { errorMessage } from "../../../kernel/errors.ts";
import { effectiveSubscriptionPolicy, MANAGED_RETRIES, retryDelay, throttleOf } from "../deliveryPolicy.ts";
import { topicNameOf } from "../meter.ts";
import { type DeliveryRecord, type MessageRecord, type SubscriptionRecord, subscriptionsOf } from "../records.ts";
import { deadLetterQueueOf } from "../redrive.ts";
import type { Room } from "../room.ts";
import { passesFilter } from "./filter.ts";
import type { Parcel, Receipt } from "./parcel.ts";
import { DeliveryRefused } from "./refused.ts";
import { send, sendToQueue } from "./send.ts";
import { logDelivery } from "./statusLog.ts";

/** Notes a delivery for each subscription that wants the message, and starts them. They survive a crash. */
export const deliver = (room: Room, message: MessageRecord): void => {
  for (const subscription of subscriptionsOf(room, message.topicArn)) {
    if (!subscription.confirmed) continue;
    if (!passesFilter(subscription, message)) {
      room.meter("NumberOfNotificationsFilteredOut", topicNameOf(message.topicArn));
      continue;
    }
    const delivery: DeliveryRecord = { id: room.ids.uuid(), subscriptionArn: subscription.arn, message, attempts: 0 };
    room.deliveries.put(delivery.id, delivery);
    start(room, delivery);
  }
};

/** Takes up the deliveries that a crash left. */
export const resumeDeliveries = (room: Room): void => {
  for (const { value } of room.deliveries.range()) start(room, value);
};

/** AWS: messages of one group reach a receiver one after the other. */
const start = (room: Room, delivery: DeliveryRecord): void => {
  const { subscriptionArn, message } = delivery;
  const group = message.groupId === undefined ? undefined : `${subscriptionArn} ${message.groupId}`;
  const before = group === undefined ? undefined : room.groups.get(group);
  let done = () => {};
  const turn = new Promise<void>((resolve) => {
    done = resolve;
  });
  if (group !== undefined) room.groups.set(group, turn);
  room.tasks.spawn(`SNS delivery to ${subscriptionArn}`, async (signal) => {
    try {
      await before;
      await run(room, delivery, signal);
    } finally {
      if (group !== undefined && room.groups.get(group) === turn) room.groups.delete(group);
      done();
    }
  });
};

const run = async (room: Room, delivery: DeliveryRecord, signal: AbortSignal): Promise<void> => {
  for (let failed = delivery.attempts; ; failed++) {
    const parcel = parcelOf(room, delivery);
    if (!parcel) break;
    const policy = effectiveSubscriptionPolicy(parcel.subscription, parcel.topic);
    const retries = isHttp(parcel.subscription) ? policy.healthyRetryPolicy : MANAGED_RETRIES;
    try {
      await waitForSlot(room, parcel.subscription, throttleOf(policy), signal);
      const receipt = await sendTraced(room, parcel, signal);
      if (receipt) {
        room.meter("NumberOfNotificationsDelivered", topicNameOf(parcel.topic.arn));
        logDelivery(room, parcel, { id: delivery.id, attempts: failed + 1, receipt });
      }
      break;
    } catch (error) {
      if (signal.aborted) throw error;
      const wait = error instanceof DeliveryRefused ? undefined : retryDelay(retries, failed + 1);
      if (wait === undefined) {
        logDelivery(room, parcel, { id: delivery.id, attempts: failed + 1, error });
        await giveUp(room, parcel, error);
        break;
      }
      room.deliveries.put(delivery.id, { ...delivery, attempts: failed + 1 });
      await room.clock.sleep(wait, signal);
    }
  }
  room.deliveries.delete(delivery.id);
};

const sendTraced = async (room: Room, parcel: Parcel, signal: AbortSignal): Promise<Receipt | undefined> => {
  const startedAt = room.clock.now();
  try {
    const receipt = await send(room, parcel, signal);
    room.tracing.delivered(parcel, startedAt, receipt);
    return receipt;
  } catch (error) {
    room.tracing.delivered(parcel, startedAt, { error });
    throw error;
  }
};

/** A delivery with what it goes by; undefined once its subscription or its topic is gone. */
const parcelOf = (room: Room, { subscriptionArn, message }: DeliveryRecord): Parcel | undefined => {
  const subscription = room.subscriptions.get(subscriptionArn);
  const topic = room.topics.get(message.topicArn);
  return subscription && topic ? { subscription, topic, message } : undefined;
};

const isHttp = ({ protocol }: SubscriptionRecord): boolean => protocol.startsWith("http");

/** Holds messages back from a receiver that takes only so many a second. */
const waitForSlot = async (
  { slots, clock }: Room,
  subscription: SubscriptionRecord,
  perSecond: number | undefined,
  signal: AbortSignal,
): Promise<void> => {
  if (perSecond === undefined || !isHttp(subscription)) return;
  const now = clock.now();
  const slot = Math.max(now, slots.get(subscription.arn) ?? 0);
  slots.set(subscription.arn, slot + 1000 / perSecond);
  if (slot > now) await clock.sleep(slot - now, signal);
};

/** AWS drops what cannot be delivered where there is no dead-letter queue; here it is at least said. */
const giveUp = async (room: Room, parcel: Parcel, error: unknown): Promise<void> => {
  const { subscription, message } = parcel;
  const topic = topicNameOf(parcel.topic.arn);
  const queue = deadLetterQueueOf(subscription);
  room.meter("NumberOfNotificationsFailed", topic);
  if (queue !== undefined) {
    try {
      await sendToQueue(room, parcel, queue);
      room.meter("NumberOfNotificationsRedrivenToDlq", topic);
      return;
    } catch (refused) {
      room.meter("NumberOfNotificationsFailedToRedriveToDlq", topic);
      process.stderr.write(`aloft: SNS could not use the dead-letter queue ${queue}: ${errorMessage(refused)}\n`);
    }
  }
  process.stderr.write(
    `aloft: SNS gave up delivering ${message.messageId} to ${subscription.arn}: ${errorMessage(error)}\n`,
  );
};
