import { call, type Input } from "../api/call.ts";
import { cloudNow } from "../api/session.ts";

export type MetricQuery = NonNullable<Input<"cloudwatch", "GetMetricData">["MetricDataQueries"]>[number];

export interface Point {
  /** When its period begins, in milliseconds since the epoch. */
  readonly time: number;
  readonly value: number;
}

/** What metrics were over a time, the oldest first, by the ids of their queries. */
export interface Measured {
  readonly from: number;
  readonly to: number;
  readonly periodMs: number;
  readonly points: ReadonlyMap<string, readonly Point[]>;
}

/** Reads metrics of the last so many periods. */
export const measure = async (
  queries: readonly MetricQuery[],
  periodMs: number,
  periods: number,
): Promise<Measured> => {
  // The period that runs now is a part of it.
  const to = (Math.floor(cloudNow() / periodMs) + 1) * periodMs;
  const from = to - periods * periodMs;
  const { MetricDataResults = [] } = await call("cloudwatch", "GetMetricData", {
    StartTime: new Date(from).toISOString(),
    EndTime: new Date(to).toISOString(),
    ScanBy: "TimestampAscending",
    MetricDataQueries: queries,
  });
  const points = new Map<string, readonly Point[]>();
  for (const { Id = "", Timestamps = [], Values = [] } of MetricDataResults)
    points.set(
      Id,
      Timestamps.map((time, index) => ({ time: Date.parse(time), value: Values[index] ?? 0 })),
    );
  return { from, to, periodMs, points };
};

/** Where nothing was counted it was none. */
export const counted = ({ from, to, periodMs, points }: Measured, id: string): readonly Point[] => {
  const known = new Map(points.get(id)?.map(({ time, value }) => [time, value]));
  const all: Point[] = [];
  for (let time = from; time < to; time += periodMs) all.push({ time, value: known.get(time) ?? 0 });
  return all;
};
