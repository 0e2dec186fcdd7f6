import { createMeter, type Meter, type MeterPlace } from "../../kernel/meter.ts";

const UNITS = { IncomingLogEvents: "Count", IncomingBytes: "Bytes" } as const;

/** Counts what comes into a group, by its name. */
export type GroupMeter = Meter<keyof typeof UNITS>;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch-Logs-Monitoring-CloudWatch-Metrics.html */
export const createGroupMeter = (place: MeterPlace): GroupMeter =>
  createMeter(place, {
    namespace: "AWS/Logs",
    units: UNITS,
    dimensions: (group) => [[], [{ name: "LogGroupName", value: group }]],
  });
