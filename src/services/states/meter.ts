import { createMeter, type Meter, type MeterPlace } from "../../kernel/meter.ts";
import type { ExecutionRecord } from "./records.ts";

const UNITS = {
  ExecutionsStarted: "Count",
  ExecutionsSucceeded: "Count",
  ExecutionsFailed: "Count",
  ExecutionsTimedOut: "Count",
  ExecutionsAborted: "Count",
  ExecutionTime: "Milliseconds",
} as const;

/** Counts what happens to a state machine, by its ARN. */
export type MachineMeter = Meter<keyof typeof UNITS>;

/** https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html */
export const createMachineMeter = (place: MeterPlace): MachineMeter =>
  createMeter(place, {
    namespace: "AWS/States",
    units: UNITS,
    dimensions: (machineArn) => [[{ name: "StateMachineArn", value: machineArn }]],
  });

const ENDINGS = {
  SUCCEEDED: "ExecutionsSucceeded",
  FAILED: "ExecutionsFailed",
  TIMED_OUT: "ExecutionsTimedOut",
  ABORTED: "ExecutionsAborted",
} as const;

/** Counts an execution that has begun or ended. Those of a Map's items are part of another. */
export const countExecution = (meter: MachineMeter, machineArn: string, execution: ExecutionRecord): void => {
  const { status, startedAt, stoppedAt = startedAt, redriveCount, mapRun } = execution;
  if (mapRun) return;
  if (status === "RUNNING") {
    if (redriveCount === 0) meter("ExecutionsStarted", machineArn);
    return;
  }
  meter(ENDINGS[status], machineArn);
  meter("ExecutionTime", machineArn, stoppedAt - startedAt);
};
