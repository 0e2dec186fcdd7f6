import { NotImplemented } from "../../../kernel/errors.ts";
import { invalidRequest } from "../errors.ts";
import { parseFilter } from "../filters/parse.ts";
import { timeSeries } from "../graph/timeSeries.ts";
import { inGroup } from "../groups.ts";
import { STATISTICS_PAGE } from "../limits.ts";
import { pageAt } from "../paging.ts";
import type { Operation, Room } from "../room.ts";
import { tracesWithin } from "../traces/find.ts";
import { timeRangeOf } from "../traces/timeRange.ts";

const PERIODS = [60, 300];

export const getTimeSeriesServiceStatistics =
  (room: Room): Operation<"GetTimeSeriesServiceStatistics"> =>
  async (_ctx, input) => {
    const { Period = 60, ForecastStatistics, EntitySelectorExpression, NextToken } = input;
    if (ForecastStatistics) throw new NotImplemented("xray:GetTimeSeriesServiceStatistics.ForecastStatistics");
    if (!PERIODS.includes(Period)) throw invalidRequest("The period must be 60 or 300 seconds.");
    const traces = [...tracesWithin(room, timeRangeOf(input), "Event")].filter(inGroup(room, input));
    const all = timeSeries(traces, selectorOf(EntitySelectorExpression), Period);
    const { items, nextToken } = pageAt(all, NextToken, STATISTICS_PAGE);
    return {
      TimeSeriesServiceStatistics: items,
      ContainsOldGroupVersions: false,
      ...(nextToken ? { NextToken: nextToken } : {}),
    };
  };

/** AWS: entities are selected by `service`, `edge` and `id` alone. */
const selectorOf = (text: string | undefined) => {
  if (text === undefined) return undefined;
  const selector = parseFilter(text);
  if (selector.kind !== "service" && selector.kind !== "edge")
    throw invalidRequest("The entity selector must be a service or an edge.");
  return selector;
};
