import type { Collection, Records } from "../../store/records.ts";

/** A topic. */
export interface TopicRecord {
  readonly arn: string;
  readonly name: string;
  readonly fifo: boolean;
  /** How many messages a FIFO topic ever took. */
  readonly published?: number;
  /** What SetTopicAttributes set, by its own names: Policy, DisplayName, DeliveryPolicy, KmsMasterKeyId, … */
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  readonly createdAt: number;
}

/** Who is told of a topic's messages. */
export interface SubscriptionRecord {
  readonly arn: string;
  readonly topicArn: string;
  readonly owner: string;
  /** Who subscribed it, as an ARN. */
  readonly principal: string;
  readonly protocol: string;
  readonly endpoint: string;
  /** False until its owner has answered the confirmation; only email and HTTP need one. */
  readonly confirmed: boolean;
  readonly confirmationToken: string;
  /** Whether whoever confirmed it signed that call. */
  readonly confirmedByCall?: boolean;
  /** Whether only who signs may end it. */
  readonly authenticatesUnsubscribe?: boolean;
  /** FilterPolicy, FilterPolicyScope, RawMessageDelivery, RedrivePolicy, … */
  readonly attributes: Readonly<Record<string, string>>;
}

/** A message that was published, as its receivers see it. */
export interface MessageRecord {
  readonly messageId: string;
  readonly topicArn: string;
  readonly subject?: string;
  readonly message: string;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
  readonly publishedAt: number;
  /** What receivers of a protocol get in place of the message. */
  readonly byProtocol?: Readonly<Record<string, string>>;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  readonly sequenceNumber?: string;
  /** The trace its publisher is part of. */
  readonly traceHeader?: string;
  /** The topic's own segment in it, where X-Ray is told of the message. */
  readonly segment?: string;
}

export interface MessageAttribute {
  readonly type: string;
  /** Text, or base64 of a binary value. */
  readonly value: string;
}

/** A message of a FIFO topic that must not be taken again for five minutes. */
export interface DuplicateRecord {
  readonly messageId: string;
  readonly sequenceNumber: string;
  readonly publishedAt: number;
}

/** What messages are signed with. */
export interface SigningKeyRecord {
  /** By which the certificate's address names it. */
  readonly id: string;
  readonly certificate: string;
  readonly sealedKey: string;
}

/** A subscription that was ended, and by its token may be taken up again. */
export interface EndedRecord {
  readonly subscription: SubscriptionRecord;
  readonly endedAt: number;
}

/** A delivery that is due: kept until it succeeded or was given up. */
export interface DeliveryRecord {
  readonly id: string;
  readonly subscriptionArn: string;
  readonly message: MessageRecord;
  readonly attempts: number;
}

/** An application of a push service. Its credentials are not kept. */
export interface PlatformApplicationRecord {
  readonly arn: string;
  readonly platform: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** An application on one device. */
export interface EndpointRecord {
  readonly arn: string;
  /** The ARN of its application. */
  readonly application: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The state of SNS in one account and region. */
export interface Collections {
  readonly topics: Collection<TopicRecord>;
  readonly subscriptions: Collection<SubscriptionRecord>;
  readonly deliveries: Collection<DeliveryRecord>;
  /** The ARN of the subscription that a token confirms. */
  readonly tokens: Collection<string>;
  /** By token. */
  readonly ended: Collection<EndedRecord>;
  readonly signingKeys: Collection<SigningKeyRecord>;
  /** By [topic, deduplication id]. */
  readonly duplicates: Collection<DuplicateRecord>;
  readonly platformApplications: Collection<PlatformApplicationRecord>;
  readonly endpoints: Collection<EndpointRecord>;
  /** What SetSMSAttributes set. */
  readonly textSettings: Collection<Readonly<Record<string, string>>>;
  /** The last messages of each topic, by topic and time: what its builders were told. */
  readonly messages: Collection<MessageRecord>;
}

export const openCollections = (records: Records): Collections => ({
  topics: records.collection("topics"),
  subscriptions: records.collection("subscriptions"),
  deliveries: records.collection("deliveries"),
  tokens: records.collection("tokens"),
  ended: records.collection("ended"),
  signingKeys: records.collection("signingKeys"),
  duplicates: records.collection("duplicates"),
  messages: records.collection("messages"),
  platformApplications: records.collection("platformApplications"),
  endpoints: records.collection("endpoints"),
  textSettings: records.collection("textSettings"),
});

/** A topic's subscriptions, in order of their ARN: all begin with the topic's. */
export function* subscriptionsOf(
  { subscriptions }: Pick<Collections, "subscriptions">,
  topicArn: string,
): Iterable<SubscriptionRecord> {
  for (const { value } of subscriptions.range({ gt: `${topicArn}:`, lt: `${topicArn};` })) yield value;
}
