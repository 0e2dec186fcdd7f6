import type { MessageRecord, SubscriptionRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { signatureOf } from "../signing/signer.ts";
import type { Parcel } from "./parcel.ts";

/** The message as receivers of a protocol get it. */
export const textFor = ({ protocol }: SubscriptionRecord, { message, byProtocol }: MessageRecord): string =>
  byProtocol?.[protocol] ?? message;

/** The document in which SNS wraps a message for HTTP and SQS. AWS: those of FIFO topics are numbered and not signed. */
export const envelope = async (room: Room, { message, subscription, topic }: Parcel) => {
  const document = {
    Type: "Notification",
    MessageId: message.messageId,
    ...(message.sequenceNumber === undefined ? {} : { SequenceNumber: message.sequenceNumber }),
    TopicArn: message.topicArn,
    ...(message.subject === undefined ? {} : { Subject: message.subject }),
    Message: textFor(subscription, message),
    Timestamp: new Date(message.publishedAt).toISOString(),
  };
  return {
    ...document,
    ...(topic.fifo ? {} : await signatureOf(room, topic, document)),
    UnsubscribeURL: `${room.endpoint()}/?Action=Unsubscribe&SubscriptionArn=${subscription.arn}`,
    ...(Object.keys(message.attributes).length > 0 ? { MessageAttributes: attributesView(message) } : {}),
  };
};

type Envelope = Awaited<ReturnType<typeof envelope>>;

const attributesView = ({ attributes }: MessageRecord) =>
  Object.fromEntries(Object.entries(attributes).map(([name, { type, value }]) => [name, { Type: type, Value: value }]));

/** The event a function gets. https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
export const lambdaEvent = (wrapped: Envelope, { arn }: SubscriptionRecord) => {
  const { SigningCertURL, UnsubscribeURL, MessageAttributes, Subject, ...rest } = wrapped;
  return {
    Records: [
      {
        EventSource: "aws:sns",
        EventVersion: "1.0",
        EventSubscriptionArn: arn,
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
