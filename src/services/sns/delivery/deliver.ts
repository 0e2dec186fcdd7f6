import { errorMessage } from "../../../kernel/errors.ts";
import { FIRST_RETRY_MS, MAX_DELIVERY_ATTEMPTS } from "../limits.ts";
import { type DeliveryRecord, type MessageRecord, type SubscriptionRecord, subscriptionsOf } from "../records.ts";
import { deadLetterQueueOf } from "../redrive.ts";
import type { Room } from "../room.ts";
import { passesFilter } from "./filter.ts";
import { send, sendToQueue } from "./send.ts";

/** Notes a delivery for each subscription that wants the message, and starts them. They survive a crash. */
export const deliver = (room: Room, message: MessageRecord): void => {
  for (const subscription of subscriptionsOf(room, message.topicArn)) {
    if (!subscription.confirmed || !passesFilter(subscription, message)) continue;
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
  for (let attempts = delivery.attempts; attempts < MAX_DELIVERY_ATTEMPTS; attempts++) {
    const subscription = room.subscriptions.get(delivery.subscriptionArn);
    if (!subscription) break;
    try {
      await send(room, subscription, delivery.message, signal);
      break;
    } catch (error) {
      if (signal.aborted) throw error;
      room.deliveries.put(delivery.id, { ...delivery, attempts: attempts + 1 });
      if (attempts + 1 === MAX_DELIVERY_ATTEMPTS) await giveUp(room, subscription, delivery, error);
      else await room.clock.sleep(FIRST_RETRY_MS * 2 ** attempts, signal);
    }
  }
  room.deliveries.delete(delivery.id);
};

/** AWS drops what cannot be delivered where there is no dead-letter queue; here it is at least said. */
const giveUp = async (
  room: Room,
  subscription: SubscriptionRecord,
  { subscriptionArn, message }: DeliveryRecord,
  error: unknown,
): Promise<void> => {
  const queue = deadLetterQueueOf(subscription);
  if (queue !== undefined) {
    try {
      await sendToQueue(room, subscription, message, queue);
      return;
    } catch (refused) {
      process.stderr.write(`aloft: SNS could not use the dead-letter queue ${queue}: ${errorMessage(refused)}\n`);
    }
  }
  process.stderr.write(
    `aloft: SNS gave up delivering ${message.messageId} to ${subscriptionArn}: ${errorMessage(error)}\n`,
  );
};
