import type { MetricSeries } from "../../../kernel/metrics.ts";
import type { Room } from "../room.ts";
import type { StageTable } from "./served.ts";

type Name = "Count" | "4XXError" | "5XXError" | "Latency" | "IntegrationLatency" | "CacheHitCount" | "CacheMissCount";
type Meter = Readonly<Record<Name, readonly MetricSeries[]>>;

/** Kept with the table that serves a stage: a change of the API makes both anew. */
const meters = new WeakMap<StageTable, Meter>();

/** What CloudWatch shows of a request. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html */
export const recordRequest = (room: Room, table: StageTable, status: number, latencyMs: number): void => {
  const meter = meterOf(table);
  record(room, meter.Count, 1);
  record(room, meter["4XXError"], status >= 400 && status < 500 ? 1 : 0);
  record(room, meter["5XXError"], status >= 500 ? 1 : 0);
  record(room, meter.Latency, latencyMs);
};

export const recordIntegration = (room: Room, table: StageTable, latencyMs: number): void =>
  record(room, meterOf(table).IntegrationLatency, latencyMs);

/** Whether a stage's cache had the answer to a request. */
export const recordCache = (room: Room, table: StageTable, isHit: boolean): void => {
  const meter = meterOf(table);
  record(room, meter.CacheHitCount, isHit ? 1 : 0);
  record(room, meter.CacheMissCount, isHit ? 0 : 1);
};

const record = ({ metrics, account, region }: Room, series: readonly MetricSeries[], value: number): void => {
  metrics.record(account, region, series, value);
};

const meterOf = (table: StageTable): Meter => {
  const known = meters.get(table);
  if (known) return known;
  const byApi = [{ name: "ApiName", value: table.api.name }];
  const sets = [byApi, [...byApi, { name: "Stage", value: table.stage.stageName }]];
  const of = (name: Name, unit: string) =>
    sets.map((dimensions): MetricSeries => ({ namespace: "AWS/ApiGateway", name, unit, dimensions }));
  const made: Meter = {
    Count: of("Count", "Count"),
    "4XXError": of("4XXError", "Count"),
    "5XXError": of("5XXError", "Count"),
    Latency: of("Latency", "Milliseconds"),
    IntegrationLatency: of("IntegrationLatency", "Milliseconds"),
    CacheHitCount: of("CacheHitCount", "Count"),
    CacheMissCount: of("CacheMissCount", "Count"),
  };
  meters.set(table, made);
  return made;
};
