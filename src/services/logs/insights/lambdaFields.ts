import type { Value } from "./values.ts";

const BYTES_PER_MB = 1_000_000;

/** The parts of a report, each with the field it is. */
const REPORT: readonly (readonly [string, RegExp, number])[] = [
  ["@duration", /\tDuration: ([\d.]+) ms/, 1],
  ["@billedDuration", /\tBilled Duration: ([\d.]+) ms/, 1],
  ["@initDuration", /\tInit Duration: ([\d.]+) ms/, 1],
  ["@memorySize", /\tMemory Size: ([\d.]+) MB/, BYTES_PER_MB],
  ["@maxMemoryUsed", /\tMax Memory Used: ([\d.]+) MB/, BYTES_PER_MB],
];

const REQUEST = /(?:RequestId: |\t)([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})/;

/** What is known of a line of a function's log. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html */
export const lambdaFields = (message: string): ReadonlyMap<string, Value> => {
  const fields = new Map<string, Value>();
  const [, request] = REQUEST.exec(message) ?? [];
  if (request !== undefined) fields.set("@requestId", request);
  const [, type] = /^(START|END|REPORT) RequestId: /.exec(message) ?? [];
  if (type !== undefined) fields.set("@type", type);
  if (type !== "REPORT") return fields;
  for (const [name, shape, factor] of REPORT) {
    const [, number] = shape.exec(message) ?? [];
    if (number !== undefined) fields.set(name, Number(number) * factor);
  }
  const [, trace] = /XRAY TraceId: (\S+)/.exec(message) ?? [];
  const [, segment] = /SegmentId: (\S+)/.exec(message) ?? [];
  if (trace !== undefined) fields.set("@xrayTraceId", trace);
  if (segment !== undefined) fields.set("@xraySegmentId", segment);
  return fields;
};
