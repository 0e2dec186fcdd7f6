import { call } from "../../api/call.ts";
import { cloudNow } from "../../api/session.ts";
import { hasGroup } from "../../parts/logs.ts";

/** One invocation, as its REPORT line tells it. */
export interface Invocation {
  readonly requestId: string;
  readonly time: number;
  readonly durationMs: number;
  readonly billedMs: number;
  readonly memoryMb: number;
  readonly maxMemoryMb: number;
  readonly initMs?: number;
  /** `error`, `timeout`; absent when all went well. */
  readonly failure?: string;
  readonly stream: string;
}

const figure = (line: string, name: string): number | undefined => {
  const found = new RegExp(`\\t${name}: ([\\d.]+)`).exec(line)?.[1];
  return found === undefined ? undefined : Number(found);
};

/** Reads a REPORT line in the plain or the JSON format. */
export const readReport = (line: string): Omit<Invocation, "time" | "stream"> | undefined => {
  if (line.startsWith("{")) return readJsonReport(line);
  const requestId = /^REPORT RequestId: (\S+)/.exec(line)?.[1];
  if (requestId === undefined) return undefined;
  const initMs = figure(line, "Init Duration");
  const failure = /\tStatus: (\w+)/.exec(line)?.[1];
  return {
    requestId,
    durationMs: figure(line, "Duration") ?? 0,
    billedMs: figure(line, "Billed Duration") ?? 0,
    memoryMb: figure(line, "Memory Size") ?? 0,
    maxMemoryMb: figure(line, "Max Memory Used") ?? 0,
    ...(initMs === undefined ? {} : { initMs }),
    ...(failure === undefined ? {} : { failure }),
  };
};

const readJsonReport = (line: string): Omit<Invocation, "time" | "stream"> | undefined => {
  try {
    const { type, record } = JSON.parse(line);
    if (type !== "platform.report") return undefined;
    const { metrics, requestId, status } = record;
    return {
      requestId,
      durationMs: metrics.durationMs,
      billedMs: metrics.billedDurationMs,
      memoryMb: metrics.memorySizeMB,
      maxMemoryMb: metrics.maxMemoryUsedMB,
      ...(metrics.initDurationMs === undefined ? {} : { initMs: metrics.initDurationMs }),
      ...(status === "success" ? {} : { failure: status }),
    };
  } catch {
    // A line of the function's own that begins like JSON.
    return undefined;
  }
};

const HOUR_MS = 3_600_000;
const MAX_EVENTS = 10_000;

/** The invocations of the last hour, the newest first. */
export const invocationsOf = async (logGroupName: string): Promise<readonly Invocation[]> => {
  // A function that never ran has no log yet.
  if (!(await hasGroup(logGroupName))) return [];
  const { events = [] } = await call("logs", "FilterLogEvents", {
    logGroupName,
    filterPattern: '?"REPORT RequestId" ?"platform.report"',
    startTime: cloudNow() - HOUR_MS,
    limit: MAX_EVENTS,
  });
  return events
    .flatMap(({ message = "", timestamp = 0, logStreamName = "" }) => {
      const report = readReport(message);
      return report ? { ...report, time: timestamp, stream: logStreamName } : [];
    })
    .toReversed();
};
