import type { FunctionSpec } from "./spec.ts";

/** What REPORT tells of a finished invocation. */
export interface Report {
  readonly requestId: string;
  readonly traceId: string | undefined;
  readonly durationMs: number;
  readonly maxMemoryMb: number;
  /** Only for the invocation that found no environment ready. */
  readonly initDurationMs: number | undefined;
  readonly status: "success" | "error" | "timeout" | "failure";
  readonly errorType: string | undefined;
  /** Of its answer. */
  readonly producedBytes: number;
  /** How long it was until that began; absent where there was none. */
  readonly latencyMs: number | undefined;
  readonly endedAt: number;
}

/** How a start went. */
export interface InitReport {
  readonly initializationType: string;
  readonly durationMs: number;
  readonly status: Report["status"];
  readonly errorType: string | undefined;
  /** AWS: the second attempt is part of the invocation. */
  readonly phase: "init" | "invoke";
}

/** The levels of what Lambda itself tells; https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html */
export const SYSTEM_LEVELS: readonly string[] = ["DEBUG", "INFO", "WARN"];

/** Something Lambda tells of an environment, in JSON logs and through the Telemetry API. */
export interface PlatformEvent {
  readonly level: "DEBUG" | "INFO" | "WARN";
  /** `platform.start` */
  readonly type: string;
  readonly record: object;
}

export interface InitStart {
  readonly initializationType: string;
  readonly phase: InitReport["phase"];
  readonly runtimeVersion: string;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html */
export const initStarted = (spec: FunctionSpec, start: InitStart): PlatformEvent => ({
  level: "INFO",
  type: "platform.initStart",
  record: { ...start, functionName: spec.functionName, functionVersion: spec.version },
});

export const initEnded = ({
  initializationType,
  phase,
  status,
  errorType,
  durationMs,
}: InitReport): PlatformEvent[] => {
  const how = { initializationType, phase, status, ...errorIn(status, errorType) };
  const isGood = status === "success";
  const isAhead = initializationType !== "on-demand";
  return [
    { level: isGood ? "DEBUG" : "WARN", type: "platform.initRuntimeDone", record: how },
    {
      level: isGood ? (isAhead ? "INFO" : "DEBUG") : "WARN",
      type: "platform.initReport",
      record: { ...how, metrics: { durationMs: rounded(durationMs) } },
    },
  ];
};

export const started = ({ version }: FunctionSpec, requestId: string): PlatformEvent => ({
  level: "INFO",
  type: "platform.start",
  record: { requestId, version },
});

export const finished = (spec: FunctionSpec, report: Report): PlatformEvent[] => {
  const { requestId, status, errorType, durationMs, producedBytes } = report;
  const isGood = status === "success";
  return [
    {
      level: isGood ? "DEBUG" : "WARN",
      type: "platform.runtimeDone",
      record: {
        requestId,
        status,
        ...errorIn(status, errorType),
        ...spansOf(report),
        metrics: { durationMs: rounded(durationMs), producedBytes },
      },
    },
    { level: isGood ? "INFO" : "WARN", type: "platform.report", record: reportRecord(spec, report) },
  ];
};

/** Differs: what the runtime does after its answer is not measured, so there is no span `runtimeOverhead`. */
const spansOf = ({ endedAt, durationMs, latencyMs }: Report) => {
  if (latencyMs === undefined) return {};
  const startedAt = endedAt - durationMs;
  return {
    spans: [
      spanOf("responseLatency", startedAt, latencyMs),
      spanOf("responseDuration", startedAt + latencyMs, durationMs - latencyMs),
    ],
  };
};

const spanOf = (name: string, startedAt: number, durationMs: number) => ({
  name,
  start: new Date(startedAt).toISOString(),
  durationMs: rounded(durationMs),
});

const reportRecord = (spec: FunctionSpec, report: Report) => ({
  requestId: report.requestId,
  metrics: {
    durationMs: rounded(report.durationMs),
    billedDurationMs: billedMs(report),
    memorySizeMB: spec.memoryMb,
    maxMemoryUsedMB: report.maxMemoryMb,
    ...(report.initDurationMs === undefined ? {} : { initDurationMs: rounded(report.initDurationMs) }),
  },
  status: report.status,
  ...errorIn(report.status, report.errorType),
});

// AWS: since August 2025 the initialisation is part of what is billed, for every kind of function.
export const billedMs = ({ durationMs, initDurationMs = 0 }: Report): number => Math.ceil(durationMs + initDurationMs);

/** AWS: what took too long has no type of error. */
const errorIn = (status: Report["status"], errorType: string | undefined) =>
  errorType === undefined || status === "timeout" ? {} : { errorType };

const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;
