import type { Clock } from "./clock.ts";

/** One metric of one thing, as CloudWatch names it. */
export interface MetricSeries {
  readonly namespace: string;
  readonly name: string;
  readonly unit: string;
  readonly dimensions: readonly { readonly name: string; readonly value: string }[];
}

/** What was recorded of a series within one minute. */
export interface MetricSum {
  readonly series: MetricSeries;
  /** The minute's begin, in milliseconds of the cloud's time. */
  readonly minute: number;
  /** How often each value was recorded. */
  readonly values: ReadonlyMap<number, number>;
}

/** Where the cloud's own services record their metrics: memory, until CloudWatch asks for them or a minute is over. */
export interface Metrics {
  /**
   * Records one value in each of the series, such as a metric under every set of its dimensions. The list of them is made once
   * and kept by who records, for its identity is its key here: a map lookup and an addition are fit for every request's way.
   * `at` is another time than now, of what a log tells.
   */
  record(account: string, region: string, series: readonly MetricSeries[], value: number, at?: number): void;
  /**
   * Names who records, whenever somebody is about to look, what is not counted as it happens, such as the length of queues.
   * Of each name in a place there is one.
   */
  gauge(account: string, region: string, name: string, look: () => void): void;
  /** Hands over all that was recorded in one account and region since the last time. */
  drain(account: string, region: string): readonly MetricSum[];
  /** Says in which accounts and regions something waits. */
  waiting(): readonly { readonly account: string; readonly region: string }[];
}

export const MINUTE_MS = 60_000;
/** Values of one series and minute that are told apart; more are rounded. */
const MAX_VALUES = 1000;
const SIGNIFICANT_DIGITS = 2;

/** What was recorded at once in several series. */
interface Slot {
  readonly series: readonly MetricSeries[];
  readonly minute: number;
  readonly values: Map<number, number>;
}

interface Shelf {
  readonly account: string;
  readonly region: string;
  /** The minute that is being filled. */
  minute: number;
  open: Map<readonly MetricSeries[], Slot>;
  closed: Slot[];
}

/** Gathers in memory; `onMinute` hears when a minute's sums could be put away, because a later one has begun. */
export const createMetrics = (
  clock: Clock,
  onMinute: (place: { readonly account: string; readonly region: string }) => void,
): Metrics => {
  const shelves = new Map<string, Map<string, Shelf>>();
  const gauges = new Map<string, Map<string, () => void>>();
  const shelfOf = (account: string, region: string): Shelf => {
    const regions = shelves.get(account) ?? new Map<string, Shelf>();
    const known = regions.get(region);
    if (known) return known;
    const shelf: Shelf = { account, region, minute: 0, open: new Map(), closed: [] };
    shelves.set(account, regions.set(region, shelf));
    return shelf;
  };
  return {
    record: (account, region, series, value, at) => {
      const shelf = shelfOf(account, region);
      const minute = minuteOf(clock.now());
      if (minute !== shelf.minute) turn(shelf, minute, onMinute);
      const meant = at === undefined ? minute : minuteOf(at);
      if (meant === minute) addTo(shelf, series, value);
      else shelf.closed.push({ series, minute: meant, values: new Map([[value, 1]]) });
    },
    gauge: (account, region, name, look) => {
      const place = `${account} ${region}`;
      gauges.set(place, (gauges.get(place) ?? new Map<string, () => void>()).set(name, look));
    },
    drain: (account, region) => {
      const looks = gauges.get(`${account} ${region}`);
      const shelf = looks ? shelfOf(account, region) : shelves.get(account)?.get(region);
      if (!shelf) return [];
      const minute = minuteOf(clock.now());
      // What is recorded because somebody looks brings no further look about, however fast the time passes.
      if (minute !== shelf.minute) turn(shelf, minute, () => {});
      for (const look of looks?.values() ?? []) look();
      const slots = [...shelf.closed, ...shelf.open.values()];
      shelf.closed = [];
      shelf.open = new Map();
      return slots.flatMap(({ series, minute, values }) => series.map((each) => ({ series: each, minute, values })));
    },
    waiting: () =>
      [...shelves.values()].flatMap((regions) =>
        [...regions.values()].filter(({ open, closed }) => open.size + closed.length > 0),
      ),
  };
};

const minuteOf = (time: number): number => Math.floor(time / MINUTE_MS) * MINUTE_MS;

const turn = (shelf: Shelf, minute: number, onMinute: (place: Shelf) => void): void => {
  const isFilled = shelf.open.size + shelf.closed.length > 0;
  shelf.closed.push(...shelf.open.values());
  shelf.open = new Map();
  shelf.minute = minute;
  if (isFilled) onMinute(shelf);
};

const addTo = ({ open, minute }: Shelf, series: readonly MetricSeries[], value: number): void => {
  const slot = open.get(series) ?? { series, minute, values: new Map<number, number>() };
  if (slot.values.size === 0) open.set(series, slot);
  const seen = slot.values.get(value);
  if (seen !== undefined || slot.values.size < MAX_VALUES) slot.values.set(value, (seen ?? 0) + 1);
  else addRounded(slot.values, value);
};

const addRounded = (values: Map<number, number>, value: number): void => {
  const rounded = Number(value.toPrecision(SIGNIFICANT_DIGITS));
  values.set(rounded, (values.get(rounded) ?? 0) + 1);
};
