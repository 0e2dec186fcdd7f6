import type { MessageRecord, SubscriptionRecord, TopicRecord } from "../records.ts";

/** What a receiver answered. */
export interface Receipt {
  readonly statusCode: number;
  readonly response: string;
}

/** One message on its way to one receiver. */
export interface Parcel {
  readonly subscription: SubscriptionRecord;
  readonly topic: TopicRecord;
  readonly message: MessageRecord;
}
