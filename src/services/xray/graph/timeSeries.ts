import type { TimeSeriesServiceStatistics } from "@aws-sdk/client-xray";
import { type Selector, selectedBy } from "../filters/matches.ts";
import type { Segment } from "../segments/segment.ts";
import { linksOf } from "../traces/links.ts";
import type { Trace } from "../traces/trace.ts";
import { histogramOf, statisticsOf } from "./statistics.ts";

/** Statistics of each period in which something was seen. AWS: without a selector they are those of edges. */
export const timeSeries = (
  traces: readonly Trace[],
  selector: Selector | undefined,
  periodSeconds: number,
): TimeSeriesServiceStatistics[] => {
  const periods = new Map<number, Segment[]>();
  for (const segment of traces.flatMap((trace) => chosen(trace, selector))) {
    const at = Math.floor(segment.startTime / periodSeconds) * periodSeconds;
    periods.set(at, [...(periods.get(at) ?? []), segment]);
  }
  const isOfService = selector?.kind === "service";
  return [...periods]
    .sort(([one], [other]) => one - other)
    .map(([at, segments]) => ({
      Timestamp: new Date(at * 1000),
      ...(isOfService
        ? { ServiceSummaryStatistics: statisticsOf(segments) }
        : { EdgeSummaryStatistics: statisticsOf(segments) }),
      ResponseTimeHistogram: histogramOf(segments),
    }));
};

/** The requests that clients sent, where nothing is selected. */
const chosen = (trace: Trace, selector: Selector | undefined): readonly Segment[] =>
  selector ? selectedBy(selector, trace) : linksOf(trace.segments).entries;
