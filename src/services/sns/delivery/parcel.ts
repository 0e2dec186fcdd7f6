import type { MessageRecord, SubscriptionRecord, TopicRecord } from "../records.ts";

/** One message on its way to one receiver. */
export interface Parcel {
  readonly subscription: SubscriptionRecord;
  readonly topic: TopicRecord;
  readonly message: MessageRecord;
}
