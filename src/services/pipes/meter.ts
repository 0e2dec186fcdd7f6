import { createMeter, type Meter, type MeterPlace } from "../../kernel/meter.ts";

const UNITS = {
  Invocations: "None",
  EventCount: "None",
  EventSize: "Bytes",
  Duration: "Milliseconds",
  ExecutionFailed: "None",
  ExecutionPartiallyFailed: "None",
  EnrichmentStageDuration: "Milliseconds",
  EnrichmentStageFailed: "None",
  TargetStageDuration: "Milliseconds",
  TargetStageFailed: "None",
  TargetStagePartiallyFailed: "None",
  TargetStageSkipped: "None",
} as const;

/** Counts what happens in a pipe, by its name. */
export type PipeMeter = Meter<keyof typeof UNITS>;

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-monitoring.html */
export const createPipeMeter = (place: MeterPlace): PipeMeter =>
  createMeter(place, {
    namespace: "AWS/EventBridge/Pipes",
    units: UNITS,
    dimensions: (name) => [[{ name: "PipeName", value: name }]],
  });
