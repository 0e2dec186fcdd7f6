import { errorMessage } from "../../../kernel/errors.ts";
import { FIRST_RETRY_MS, MAX_DELIVERY_ATTEMPTS } from "../limits.ts";
import { type DeliveryRecord, type MessageRecord, subscriptionsOf } from "../records.ts";
import type { Room } from "../room.ts";
import { passesFilter } from "./filter.ts";
import { send } from "./send.ts";

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

const start = (room: Room, delivery: DeliveryRecord): void =>
  room.tasks.spawn(`SNS delivery to ${delivery.subscriptionArn}`, (signal) => run(room, delivery, signal));

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
      if (attempts + 1 === MAX_DELIVERY_ATTEMPTS) giveUp(delivery, error);
      else await room.clock.sleep(FIRST_RETRY_MS * 2 ** attempts, signal);
    }
  }
  room.deliveries.delete(delivery.id);
};

/** AWS drops what cannot be delivered where there is no dead-letter queue; here it is at least said. */
const giveUp = ({ subscriptionArn, message }: DeliveryRecord, error: unknown): void => {
  process.stderr.write(
    `aloft: SNS gave up delivering ${message.messageId} to ${subscriptionArn}: ${errorMessage(error)}\n`,
  );
};
