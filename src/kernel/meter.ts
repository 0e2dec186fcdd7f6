import type { MetricSeries, Metrics } from "./metrics.ts";

/** Where one service's metrics are counted. */
export interface MeterPlace {
  readonly metrics: Metrics;
  readonly account: string;
  readonly region: string;
}

/** What a service tells CloudWatch of its things. */
export interface MeterFacts<Name extends string> {
  /** `AWS/SQS` */
  readonly namespace: string;
  /** The unit of each metric. */
  readonly units: Readonly<Record<Name, string>>;
  /** The sets of dimensions that a thing is shown by. */
  readonly dimensions: (thing: string) => readonly MetricSeries["dimensions"][];
}

/** Counts something of a thing: once, or as much as is said. `at` is another time than now. */
export type Meter<Name extends string> = (name: Name, thing: string, value?: number, at?: number) => void;

/** Series that are told apart by their identity are made once for each thing; of so many things, all are made anew. */
const MAX_KNOWN = 10_000;

export const createMeter = <Name extends string>(
  { metrics, account, region }: MeterPlace,
  { namespace, units, dimensions }: MeterFacts<Name>,
): Meter<Name> => {
  const known = new Map<string, readonly MetricSeries[]>();
  const seriesOf = (name: Name, thing: string): readonly MetricSeries[] => {
    const key = `${name} ${thing}`;
    const found = known.get(key);
    if (found) return found;
    const made = dimensions(thing).map((each) => ({ namespace, name, unit: units[name], dimensions: each }));
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(key, made);
    return made;
  };
  return (name, thing, value = 1, at) => metrics.record(account, region, seriesOf(name, thing), value, at);
};
