import { createMeter, type Meter, type MeterPlace } from "../../kernel/meter.ts";

const UNITS = {
  NumberOfMessagesSent: "Count",
  SentMessageSize: "Bytes",
  NumberOfMessagesReceived: "Count",
  NumberOfEmptyReceives: "Count",
  NumberOfMessagesDeleted: "Count",
  ApproximateNumberOfMessagesVisible: "Count",
  ApproximateNumberOfMessagesNotVisible: "Count",
  ApproximateNumberOfMessagesDelayed: "Count",
  ApproximateAgeOfOldestMessage: "Seconds",
} as const;

/** Counts what happens to a queue, by its name. */
export type QueueMeter = Meter<keyof typeof UNITS>;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
export const createQueueMeter = (place: MeterPlace): QueueMeter =>
  createMeter(place, {
    namespace: "AWS/SQS",
    units: UNITS,
    dimensions: (queue) => [[{ name: "QueueName", value: queue }]],
  });

/** When queues were last looked at, by name: the minute, and since when they have stood empty and unused. */
export type Glances = Map<string, { readonly minute: number; readonly idleSince: number }>;
