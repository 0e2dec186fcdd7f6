import type { FunctionSpec } from "./spec.ts";

/** What REPORT tells of a finished invocation. */
export interface Report {
  readonly requestId: string;
  readonly durationMs: number;
  readonly maxMemoryMb: number;
  /** Only for the invocation that found no environment ready. */
  readonly initDurationMs: number | undefined;
  readonly status: "success" | "error" | "timeout" | "failure";
  readonly errorType: string | undefined;
}

/** What INIT_REPORT tells of a start that failed. */
export interface InitReport {
  readonly durationMs: number;
  readonly status: Report["status"];
  readonly errorType: string;
  /** AWS: the second attempt is part of the invocation. */
  readonly phase: "init" | "invoke";
}

/** The lines Lambda itself writes into a function's log, in the function's format. */
export interface PlatformLog {
  initStart(initialization: string, phase: "init" | "invoke"): readonly string[];
  initReport(report: InitReport): readonly string[];
  start(requestId: string): readonly string[];
  /** END and REPORT, in this order. */
  finish(report: Report): readonly string[];
}

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-view.html and, for JSON, telemetry-schema-reference.html */
export const platformLog = (spec: FunctionSpec, runtimeVersion: string, isoTime: () => string): PlatformLog =>
  spec.logging.format === "JSON" ? jsonLog(spec, runtimeVersion, isoTime) : textLog(spec, runtimeVersion);

// AWS: since August 2025 the initialisation is part of what is billed, for every kind of function.
const billedMs = ({ durationMs, initDurationMs = 0 }: Report): number => Math.ceil(durationMs + initDurationMs);

const textLog = (spec: FunctionSpec, runtimeVersion: string): PlatformLog => ({
  initStart: () => [`INIT_START Runtime Version: ${runtimeVersion}\n`],
  initReport: ({ durationMs, status, errorType, phase }) => [
    `INIT_REPORT Init Duration: ${durationMs.toFixed(2)} ms\tPhase: ${phase}\tStatus: ${status}${status === "timeout" ? "" : `\tError Type: ${errorType}`}\n`,
  ],
  start: (requestId) => [`START RequestId: ${requestId} Version: ${spec.version}\n`],
  finish: (report) => [`END RequestId: ${report.requestId}\n`, reportLine(spec, report)],
});

const reportLine = (spec: FunctionSpec, report: Report): string => {
  const { requestId, durationMs, maxMemoryMb, initDurationMs, status, errorType } = report;
  const fields = [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${durationMs.toFixed(2)} ms`,
    `Billed Duration: ${billedMs(report)} ms`,
    `Memory Size: ${spec.memoryMb} MB`,
    `Max Memory Used: ${maxMemoryMb} MB`,
  ];
  if (initDurationMs !== undefined) fields.push(`Init Duration: ${initDurationMs.toFixed(2)} ms`);
  if (status !== "success") fields.push(`Status: ${status}`);
  if (errorType !== undefined && status !== "timeout") fields.push(`Error Type: ${errorType}`);
  return `${fields.join("\t")}\t\n`;
};

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html */
const LEVELS = ["DEBUG", "INFO", "WARN"];

const jsonLog = (spec: FunctionSpec, runtimeVersion: string, isoTime: () => string): PlatformLog => {
  const least = LEVELS.indexOf(spec.logging.systemLevel ?? "INFO");
  const line = (level: string, type: string, record: object) =>
    LEVELS.indexOf(level) < least ? [] : [`${JSON.stringify({ time: isoTime(), type: `platform.${type}`, record })}\n`];
  return {
    initStart: (initializationType, phase) =>
      line("INFO", "initStart", {
        initializationType,
        phase,
        runtimeVersion,
        functionName: spec.functionName,
        functionVersion: spec.version,
      }),
    initReport: ({ durationMs, status, errorType, phase }) =>
      line("WARN", "initReport", {
        initializationType: "on-demand",
        phase,
        status,
        ...(status === "timeout" ? {} : { errorType }),
        metrics: { durationMs: rounded(durationMs) },
      }),
    start: (requestId) => line("INFO", "start", { requestId, version: spec.version }),
    finish: (report) => {
      const { requestId, status, durationMs } = report;
      const isGood = status === "success";
      const metrics = { durationMs: rounded(durationMs) };
      return [
        ...(isGood ? line("DEBUG", "runtimeDone", { requestId, status, metrics }) : []),
        ...line(isGood ? "INFO" : "WARN", "report", reportRecord(spec, report)),
      ];
    },
  };
};

export const reportRecord = (spec: FunctionSpec, report: Report) => ({
  requestId: report.requestId,
  metrics: {
    durationMs: rounded(report.durationMs),
    billedDurationMs: billedMs(report),
    memorySizeMB: spec.memoryMb,
    maxMemoryUsedMB: report.maxMemoryMb,
    ...(report.initDurationMs === undefined ? {} : { initDurationMs: rounded(report.initDurationMs) }),
  },
  status: report.status,
  ...(report.errorType === undefined ? {} : { errorType: report.errorType }),
});

const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;
