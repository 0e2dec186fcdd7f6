import type { MetricSeries } from "../../kernel/metrics.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import { LATEST } from "./records.ts";

type Ending =
  | { readonly outcome: "success" | "error"; readonly durationMs: number }
  | { readonly outcome: "throttled" | "failed" };

/** Counts invocations. */
export interface Gauge {
  /** An invocation begins; the returned function ends it. */
  begin(name: string, qualifier: string | undefined, version: string): (ending: Ending) => void;
  /** One was not let run, for it was a loop's. */
  dropped(name: string): void;
}

const UNITS = {
  Invocations: "Count",
  Errors: "Count",
  Throttles: "Count",
  Duration: "Milliseconds",
  ConcurrentExecutions: "Count",
  RecursiveInvocationsDropped: "Count",
} as const;
type Name = keyof typeof UNITS;

/** One metric under each set of dimensions that it is shown by. */
type Sets = Readonly<Record<Name, readonly MetricSeries[]>>;

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
export const createGauge = ({ metrics, account, region }: Pick<RoomDeps, "metrics" | "account" | "region">): Gauge => {
  const known = new Map<string, Sets>();
  const running = new Map<string, number>();
  const record = (series: readonly MetricSeries[], value: number) => metrics.record(account, region, series, value);
  const setsFor = (name: string, qualifier: string | undefined, version: string): Sets => {
    const key = `${name}:${qualifier ?? ""}:${version}`;
    const sets = known.get(key) ?? setsOf(name, qualifier, version);
    known.set(key, sets);
    return sets;
  };
  return {
    dropped: (name) => record(setsFor(name, undefined, LATEST).RecursiveInvocationsDropped, 1),
    begin: (name, qualifier, version) => {
      const sets = setsFor(name, qualifier, version);
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
  const byFunction = [{ name: "FunctionName", value: name }];
  const byResource = [
    ...byFunction,
    { name: "Resource", value: qualifier === undefined ? name : `${name}:${qualifier}` },
  ];
  const isAlias = qualifier !== undefined && !/^(\d+|\$LATEST)$/.test(qualifier);
  // AWS: an alias tells its versions apart, which is what a canary is watched by.
  const byVersion = isAlias ? [[...byResource, { name: "ExecutedVersion", value: version }]] : [];
  const all = [[], byFunction, byResource, ...byVersion];
  const of = (metric: Name, sets: readonly MetricSeries["dimensions"][]) =>
    sets.map(
      (dimensions): MetricSeries => ({ namespace: "AWS/Lambda", name: metric, unit: UNITS[metric], dimensions }),
    );
  return {
    Invocations: of("Invocations", all),
    Errors: of("Errors", all),
    Throttles: of("Throttles", all),
    Duration: of("Duration", all),
    ConcurrentExecutions: of("ConcurrentExecutions", [byFunction]),
    RecursiveInvocationsDropped: of("RecursiveInvocationsDropped", all),
  };
};
