import type { MetricSeries } from "../../kernel/metrics.ts";
import type { RoomDeps } from "../../kernel/service.ts";

type Ending =
  | { readonly outcome: "success" | "error"; readonly durationMs: number }
  | { readonly outcome: "throttled" | "failed" };

/** Counts invocations. */
export interface Gauge {
  /** An invocation begins; the returned function ends it. */
  begin(name: string, qualifier: string | undefined, version: string): (ending: Ending) => void;
  /** Something else that is told of a function. */
  tell(name: string, metric: Told, value?: number): void;
}

type Told = keyof typeof TOLD_UNITS;

const TOLD_UNITS = {
  RecursiveInvocationsDropped: "Count",
  AsyncEventsReceived: "Count",
  AsyncEventAge: "Milliseconds",
  AsyncEventsDropped: "Count",
  DeadLetterErrors: "Count",
  DestinationDeliveryFailures: "Count",
  IteratorAge: "Milliseconds",
  UrlRequestCount: "Count",
  Url4xxCount: "Count",
  Url5xxCount: "Count",
  UrlRequestLatency: "Milliseconds",
} as const;

const UNITS = {
  Invocations: "Count",
  Errors: "Count",
  Throttles: "Count",
  Duration: "Milliseconds",
  ConcurrentExecutions: "Count",
} as const;
type Name = keyof typeof UNITS;

/** One metric under each set of dimensions that it is shown by. */
type Sets = Readonly<Record<Name, readonly MetricSeries[]>>;

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
export const createGauge = ({ metrics, account, region }: Pick<RoomDeps, "metrics" | "account" | "region">): Gauge => {
  const known = new Map<string, Sets>();
  const told = new Map<string, readonly MetricSeries[]>();
  const running = new Map<string, number>();
  const record = (series: readonly MetricSeries[], value: number) => metrics.record(account, region, series, value);
  return {
    tell: (name, metric, value = 1) => {
      const key = `${metric} ${name}`;
      const series = told.get(key) ?? seriesOf(metric, TOLD_UNITS[metric], dimensionsOf(name, name));
      told.set(key, series);
      record(series, value);
    },
    begin: (name, qualifier, version) => {
      const key = `${name}:${qualifier ?? ""}:${version}`;
      const sets = known.get(key) ?? setsOf(name, qualifier, version);
      known.set(key, sets);
      const concurrent = (running.get(name) ?? 0) + 1;
      running.set(name, concurrent);
      record(sets.ConcurrentExecutions, concurrent);
      return (ending) => {
        running.set(name, (running.get(name) ?? 1) - 1);
        record(sets.Throttles, ending.outcome === "throttled" ? 1 : 0);
        // AWS: a request that was throttled is no invocation.
        if (!("durationMs" in ending)) return;
        record(sets.Invocations, 1);
        record(sets.Errors, ending.outcome === "error" ? 1 : 0);
        record(sets.Duration, ending.durationMs);
      };
    },
  };
};

const setsOf = (name: string, qualifier: string | undefined, version: string): Sets => {
  const shown = dimensionsOf(name, qualifier === undefined ? name : `${name}:${qualifier}`);
  const isAlias = qualifier !== undefined && !/^(\d+|\$LATEST)$/.test(qualifier);
  // AWS: an alias tells its versions apart, which is what a canary is watched by.
  const byVersion = isAlias ? [[...(shown.at(-1) ?? []), { name: "ExecutedVersion", value: version }]] : [];
  const all = [...shown, ...byVersion];
  const of = (metric: Name, sets: Dimensions) => seriesOf(metric, UNITS[metric], sets);
  return {
    Invocations: of("Invocations", all),
    Errors: of("Errors", all),
    Throttles: of("Throttles", all),
    Duration: of("Duration", all),
    ConcurrentExecutions: of("ConcurrentExecutions", [[{ name: "FunctionName", value: name }]]),
  };
};

type Dimensions = readonly MetricSeries["dimensions"][];

/** By all functions, by one, and by what its caller named. */
const dimensionsOf = (name: string, resource: string): Dimensions => {
  const byFunction = [{ name: "FunctionName", value: name }];
  return [[], byFunction, [...byFunction, { name: "Resource", value: resource }]];
};

const seriesOf = (name: string, unit: MetricSeries["unit"], sets: Dimensions): readonly MetricSeries[] =>
  sets.map((dimensions): MetricSeries => ({ namespace: "AWS/Lambda", name, unit, dimensions }));
