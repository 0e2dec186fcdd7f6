import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import type { LogEvent } from "../records.ts";
import type { Room } from "../room.ts";
import { recordMetric } from "./series.ts";

/** What every embedded document holds: messages without it are not even read. */
const MARK = '"CloudWatchMetrics"';
const MAX_VALUES = 100;

/** Metrics in events of the embedded metric format. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
export const recordEmbedded = (room: Room, events: readonly LogEvent[]): void => {
  for (const [at, message] of events) {
    if (!message.includes(MARK)) continue;
    const document = parsed(message);
    const { _aws: meta } = document ?? {};
    if (!document || !isJsonObject(meta) || !Array.isArray(meta["CloudWatchMetrics"])) continue;
    const time = typeof meta["Timestamp"] === "number" ? meta["Timestamp"] : at;
    for (const directive of meta["CloudWatchMetrics"])
      if (isJsonObject(directive)) recordDirective(room, document, directive, time);
  }
};

const parsed = (message: string): JsonObject | undefined => {
  try {
    const value: unknown = JSON.parse(message);
    return isJsonObject(value) ? value : undefined;
  } catch {
    // Not a document of the format, whatever it speaks of.
    return undefined;
  }
};

const recordDirective = (room: Room, document: JsonObject, directive: JsonObject, at: number): void => {
  const { Namespace: namespace, Dimensions: sets, Metrics: metrics } = directive;
  if (typeof namespace !== "string" || !Array.isArray(metrics)) return;
  for (const names of Array.isArray(sets) && sets.length > 0 ? sets : [[]]) {
    const dimensions = dimensionsOf(document, names);
    if (!dimensions) continue;
    for (const metric of metrics) {
      if (!isJsonObject(metric) || typeof metric["Name"] !== "string") continue;
      const { Name: name, Unit: unit } = metric;
      for (const value of valuesOf(document[name]))
        recordMetric(room, { namespace, name, unit: typeof unit === "string" ? unit : "None", dimensions }, value, at);
    }
  }
};

const dimensionsOf = (document: JsonObject, names: JsonValue) => {
  if (!Array.isArray(names)) return undefined;
  const found = names.flatMap((name) => {
    const value = typeof name === "string" ? document[name] : undefined;
    return typeof name === "string" && value !== undefined && typeof value !== "object"
      ? [{ name, value: String(value) }]
      : [];
  });
  return found.length === names.length ? found : undefined;
};

const valuesOf = (value: JsonValue | undefined): readonly number[] => {
  if (typeof value === "number") return [value];
  return Array.isArray(value) ? value.filter((each) => typeof each === "number").slice(0, MAX_VALUES) : [];
};
