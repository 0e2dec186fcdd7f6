import type { MessageRecord, SubscriptionRecord } from "../records.ts";

/** The message as receivers of a protocol get it. */
export const textFor = ({ protocol }: SubscriptionRecord, { message, byProtocol }: MessageRecord): string =>
  byProtocol?.[protocol] ?? message;

/** The document in which SNS wraps a message for HTTP and SQS. */
export const envelope = (message: MessageRecord, subscription: SubscriptionRecord, endpoint: string) => ({
  Type: "Notification",
  MessageId: message.messageId,
  TopicArn: message.topicArn,
  ...(message.subject === undefined ? {} : { Subject: message.subject }),
  Message: textFor(subscription, message),
  Timestamp: new Date(message.publishedAt).toISOString(),
  SignatureVersion: "1",
  // Differs: there is no certificate here whose key could sign.
  Signature: "",
  SigningCertURL: "",
  ...(message.sequenceNumber === undefined ? {} : { SequenceNumber: message.sequenceNumber }),
  UnsubscribeURL: `${endpoint}/?Action=Unsubscribe&SubscriptionArn=${subscription.arn}`,
  ...(Object.keys(message.attributes).length > 0 ? { MessageAttributes: attributesView(message) } : {}),
});

const attributesView = ({ attributes }: MessageRecord) =>
  Object.fromEntries(Object.entries(attributes).map(([name, { type, value }]) => [name, { Type: type, Value: value }]));

/** The event a function gets. https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
export const lambdaEvent = (message: MessageRecord, subscription: SubscriptionRecord, endpoint: string) => {
  const { SigningCertURL, UnsubscribeURL, MessageAttributes, Subject, ...rest } = envelope(
    message,
    subscription,
    endpoint,
  );
  return {
    Records: [
      {
        EventSource: "aws:sns",
        EventVersion: "1.0",
        EventSubscriptionArn: subscription.arn,
        Sns: {
          ...rest,
          Subject: Subject ?? null,
          SigningCertUrl: SigningCertURL,
          UnsubscribeUrl: UnsubscribeURL,
          MessageAttributes: MessageAttributes ?? {},
        },
      },
    ],
  };
};
