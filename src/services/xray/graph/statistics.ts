import type { EdgeStatistics, HistogramEntry } from "@aws-sdk/client-xray";
import { isOk } from "../filters/scopes.ts";
import { durationOf, roundedTime, type Segment } from "../segments/segment.ts";

/** How many of these calls went well, and how long they took; what is under way counts in neither. */
export const statisticsOf = (segments: readonly Segment[]): EdgeStatistics => {
  const ended = segments.filter(({ endTime }) => endTime !== undefined);
  const count = (test: (segment: Segment) => boolean) => ended.filter(test).length;
  const faults = count(({ fault }) => fault);
  const throttles = count(({ fault, throttle }) => throttle && !fault);
  const errors = count(({ fault, throttle, error }) => (error || throttle) && !fault);
  return {
    OkCount: count(isOk),
    ErrorStatistics: { ThrottleCount: throttles, OtherCount: errors - throttles, TotalCount: errors },
    FaultStatistics: { OtherCount: faults, TotalCount: faults },
    TotalCount: ended.length,
    TotalResponseTime: roundedTime(ended.reduce((sum, segment) => sum + durationOf(segment), 0)),
  };
};

/** How many took how long, to the millisecond. */
export const histogramOf = (segments: readonly Segment[]): HistogramEntry[] => {
  const counts = new Map<number, number>();
  for (const segment of segments) {
    if (segment.endTime === undefined) continue;
    const value = durationOf(segment);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].map(([Value, Count]) => ({ Value, Count }));
};
