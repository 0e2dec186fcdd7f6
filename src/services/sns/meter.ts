import { createMeter, type Meter, type MeterPlace } from "../../kernel/meter.ts";

const UNITS = {
  NumberOfMessagesPublished: "Count",
  PublishSize: "Bytes",
  NumberOfNotificationsDelivered: "Count",
  NumberOfNotificationsFailed: "Count",
  NumberOfNotificationsFilteredOut: "Count",
  NumberOfNotificationsRedrivenToDlq: "Count",
  NumberOfNotificationsFailedToRedriveToDlq: "Count",
} as const;

/** Counts what happens to a topic, by its name. */
export type TopicMeter = Meter<keyof typeof UNITS>;

/** https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html */
export const createTopicMeter = (place: MeterPlace): TopicMeter =>
  createMeter(place, {
    namespace: "AWS/SNS",
    units: UNITS,
    dimensions: (topic) => [[{ name: "TopicName", value: topic }]],
  });

/** `orders` of `arn:aws:sns:REGION:ACCOUNT:orders`. */
export const topicNameOf = (arn: string): string => arn.slice(arn.lastIndexOf(":") + 1);
