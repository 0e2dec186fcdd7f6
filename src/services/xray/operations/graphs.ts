import { graphOf } from "../graph/graph.ts";
import { graphView } from "../graph/views.ts";
import { inGroup } from "../groups.ts";
import { SERVICE_PAGE } from "../limits.ts";
import { pageAt } from "../paging.ts";
import type { Operation, Room } from "../room.ts";
import { tracesWithin } from "../traces/find.ts";
import { timeRangeOf } from "../traces/timeRange.ts";
import type { Trace } from "../traces/trace.ts";
import { askedFor } from "./batchGetTraces.ts";

export const getServiceGraph =
  (room: Room): Operation<"GetServiceGraph"> =>
  async (_ctx, input) => {
    const isIn = inGroup(room, input);
    const traces = [...tracesWithin(room, timeRangeOf(input), "Event")].filter(isIn);
    return {
      StartTime: input.StartTime,
      EndTime: input.EndTime,
      ...servicesPage(traces, input.NextToken),
      // Differs: a graph is made of the group as it is now, for all of the time.
      ContainsOldGroupVersions: false,
    };
  };

export const getTraceGraph =
  (room: Room): Operation<"GetTraceGraph"> =>
  async (_ctx, { TraceIds, NextToken }) =>
    servicesPage(askedFor(room, TraceIds), NextToken);

const servicesPage = (traces: readonly Trace[], token: string | undefined) => {
  const { items, nextToken } = pageAt(graphView(graphOf(traces)), token, SERVICE_PAGE);
  return { Services: items, ...(nextToken ? { NextToken: nextToken } : {}) };
};
