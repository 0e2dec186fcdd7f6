import { invalidRequest } from "../errors.ts";
import { matches } from "../filters/matches.ts";
import { parseFilter } from "../filters/parse.ts";
import { groupFilter } from "../groups.ts";
import { TRACE_PAGE } from "../limits.ts";
import { pageAt } from "../paging.ts";
import type { Operation, Room } from "../room.ts";
import { tracesWithin } from "../traces/find.ts";
import { traceSummary } from "../traces/summary.ts";
import { timeRangeOf } from "../traces/timeRange.ts";
import type { Trace } from "../traces/trace.ts";

export const getTraceSummaries =
  (room: Room): Operation<"GetTraceSummaries"> =>
  async (ctx, input) => {
    const range = timeRangeOf(input);
    const { FilterExpression, TimeRangeType, NextToken } = input;
    // AWS: an empty expression asks for nothing.
    const filter = FilterExpression?.trim() ? parseFilter(FilterExpression) : undefined;
    const groups = groupFilter(room);
    let processed = 0;
    const found = function* (): Iterable<Trace> {
      for (const trace of chosen(tracesWithin(room, range, TimeRangeType), shareOf(input))) {
        processed += 1;
        if (!filter || matches(filter, trace, groups)) yield trace;
      }
    };
    const { items, nextToken } = pageAt(found(), NextToken, TRACE_PAGE);
    return {
      TraceSummaries: items.map((trace) => traceSummary(trace, ctx.account)),
      ApproximateTime: new Date(Math.min(range.to, room.clock.now())),
      TracesProcessedCount: processed,
      ...(nextToken ? { NextToken: nextToken } : {}),
    };
  };

interface SamplingInput {
  readonly Sampling?: boolean | undefined;
  readonly SamplingStrategy?: { readonly Name?: string | undefined; readonly Value?: number | undefined } | undefined;
}

/** The share of traces that is looked at. AWS: without a strategy it scans as many as it likes; here all of them. */
const shareOf = ({ Sampling, SamplingStrategy: strategy }: SamplingInput): number => {
  const { Value = 1 } = strategy ?? {};
  if (Value < 0 || Value > 1) throw invalidRequest("The value of the sampling strategy must be between 0 and 1.");
  return Sampling && strategy?.Name === "FixedRate" ? Value : 1;
};

/** Every so many of them: for the same traces the same ones. */
const chosen = function* (traces: Iterable<Trace>, share: number): Iterable<Trace> {
  let due = 0;
  for (const trace of traces) {
    due += share;
    if (due < 1) continue;
    due -= 1;
    yield trace;
  }
};
