import { isSampled, parentOf, traceRoot } from "../../kernel/traceId.ts";
import {
  billedMs,
  finished,
  type InitReport,
  type InitStart,
  initEnded,
  initStarted,
  type PlatformEvent,
  type Report,
  SYSTEM_LEVELS,
  started,
} from "./platformEvents.ts";
import type { FunctionSpec } from "./spec.ts";

/** The lines Lambda itself writes into a function's log, in the function's format. */
export interface PlatformLog {
  initStart(start: InitStart): readonly string[];
  initReport(report: InitReport): readonly string[];
  start(requestId: string): readonly string[];
  /** END and REPORT, in this order. */
  finish(report: Report): readonly string[];
}

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-view.html and, for JSON, telemetry-schema-reference.html */
export const platformLog = (spec: FunctionSpec, isoTime: () => string): PlatformLog =>
  spec.logging.format === "JSON" ? jsonLog(spec, isoTime) : textLog(spec);

const textLog = (spec: FunctionSpec): PlatformLog => ({
  initStart: ({ runtimeVersion }) => [`INIT_START Runtime Version: ${runtimeVersion}\n`],
  // AWS: a start that went well is told with the first event.
  initReport: (report) => (report.status === "success" ? [] : [initReportLine(report)]),
  start: (requestId) => [`START RequestId: ${requestId} Version: ${spec.version}\n`],
  finish: (report) => [`END RequestId: ${report.requestId}\n`, reportLine(spec, report)],
});

const initReportLine = ({ durationMs, status, errorType, phase }: InitReport): string =>
  `INIT_REPORT Init Duration: ${durationMs.toFixed(2)} ms\tPhase: ${phase}\tStatus: ${status}${status === "timeout" ? "" : `\tError Type: ${errorType}`}\n`;

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
  return `${fields.join("\t")}\t\n${traceLine(report)}`;
};

/** AWS: of a traced invocation, a line more in the same event. */
const traceLine = ({ traceId }: Report): string =>
  traceId && isSampled(traceId)
    ? `XRAY TraceId: ${traceRoot(traceId)}\tSegmentId: ${parentOf(traceId)}\tSampled: true\t\n`
    : "";

const jsonLog = (spec: FunctionSpec, isoTime: () => string): PlatformLog => {
  const least = SYSTEM_LEVELS.indexOf(spec.logging.systemLevel ?? "INFO");
  const lines = (...events: readonly PlatformEvent[]): string[] =>
    events
      .filter(({ level }) => SYSTEM_LEVELS.indexOf(level) >= least)
      .map(({ type, record }) => `${JSON.stringify({ time: isoTime(), type, record })}\n`);
  return {
    initStart: (start) => lines(initStarted(spec, start)),
    initReport: (report) => lines(...initEnded(report)),
    start: (requestId) => lines(started(spec, requestId)),
    finish: (report) => lines(...finished(spec, report)),
  };
};
