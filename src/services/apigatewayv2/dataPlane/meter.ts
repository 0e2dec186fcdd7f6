import type { MetricSeries } from "../../../kernel/metrics.ts";
import type { Room } from "../room.ts";
import type { RouteTable } from "./model.ts";

type Name = "Count" | "4xx" | "5xx" | "Latency" | "IntegrationLatency";
type Meter = Readonly<Record<Name, readonly MetricSeries[]>>;

/** Kept with the table that serves a stage: a change of the API makes both anew. */
const meters = new WeakMap<RouteTable, Meter>();

/** What CloudWatch shows of a request. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html */
export const recordRequest = (room: Room, table: RouteTable, status: number, latencyMs: number): void => {
  const meter = meterOf(table);
  record(room, meter.Count, 1);
  record(room, meter["4xx"], status >= 400 && status < 500 ? 1 : 0);
  record(room, meter["5xx"], status >= 500 ? 1 : 0);
  record(room, meter.Latency, latencyMs);
};

export const recordIntegration = (room: Room, table: RouteTable, latencyMs: number): void =>
  record(room, meterOf(table).IntegrationLatency, latencyMs);

const record = ({ metrics, account, region }: Room, series: readonly MetricSeries[], value: number): void => {
  metrics.record(account, region, series, value);
};

const meterOf = (table: RouteTable): Meter => {
  const known = meters.get(table);
  if (known) return known;
  const byApi = [{ name: "ApiId", value: table.api.apiId }];
  const sets = [byApi, [...byApi, { name: "Stage", value: table.stage.stageName }]];
  const of = (name: Name, unit: string) =>
    sets.map((dimensions): MetricSeries => ({ namespace: "AWS/ApiGateway", name, unit, dimensions }));
  const made: Meter = {
    Count: of("Count", "Count"),
    "4xx": of("4xx", "Count"),
    "5xx": of("5xx", "Count"),
    Latency: of("Latency", "Milliseconds"),
    IntegrationLatency: of("IntegrationLatency", "Milliseconds"),
  };
  meters.set(table, made);
  return made;
};
