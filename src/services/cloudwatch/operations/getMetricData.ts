import { NotImplemented } from "../../../kernel/errors.ts";
import { openToken, sealToken } from "../../../kernel/paging.ts";
import { invalidToken, invalidValue, validationError } from "../errors.ts";
import { MAX_METRIC_DATA_DATAPOINTS, MAX_QUERIES } from "../limits.ts";
import { checkQueries, evaluateQuery } from "../math/evaluate.ts";
import { withLabels } from "../math/labels.ts";
import { queryFrom } from "../math/queries.ts";
import { sourceOf } from "../math/source.ts";
import type { Series } from "../math/values.ts";
import { gather } from "../metrics/gather.ts";
import type { MetricQuery } from "../records.ts";
import type { Operation, Room } from "../room.ts";

export const getMetricData =
  (room: Room): Operation<"GetMetricData"> =>
  async (_ctx, input) => {
    const [from, to] = [input.StartTime.getTime(), input.EndTime.getTime()];
    if (from >= to) throw validationError("The parameter StartTime must be less than the parameter EndTime.");
    if (input.MetricDataQueries.length > MAX_QUERIES)
      throw invalidValue(`The collection MetricDataQueries must not have a size greater than ${MAX_QUERIES}.`);
    const queries = withLabels(input.MetricDataQueries.map(queryFrom));
    checkQueries(queries);
    refuseInsights(queries);
    const asked = queries.filter(({ returnData }) => returnData);
    if (asked.length === 0) throw validationError("At least one of the MetricDataQueries must return data.");
    gather(room);
    const start = startOf(queries, from);
    const source = sourceOf(room, start, to);
    const all = asked.flatMap(({ id }) => evaluateQuery(queries, id, source).map((series) => ({ id, series })));
    const limit = input.MaxDatapoints ?? MAX_METRIC_DATA_DATAPOINTS;
    const offset = offsetFrom(input.NextToken);
    const isDescending = input.ScanBy !== "TimestampAscending";
    const longest = Math.max(0, ...all.map(({ series }) => series.points.size));
    const each = Math.max(1, Math.floor(limit / Math.max(1, all.length)));
    const isMore = offset + each < longest;
    return {
      MetricDataResults: all.map(({ id, series }) => resultView(id, series, isDescending, offset, each, isMore)),
      ...(isMore ? { NextToken: sealToken([offset + each]) } : {}),
      Messages: [],
    };
  };

const refuseInsights = (queries: readonly MetricQuery[]): void => {
  if (queries.some(({ expression }) => expression !== undefined && /^\s*SELECT\s/i.test(expression)))
    throw new NotImplemented("cloudwatch Metrics Insights queries");
};

/** Periods are laid on whole multiples of the widest one up to an hour, as AWS rounds the start. */
const startOf = (queries: readonly MetricQuery[], from: number): number => {
  const widest = Math.max(1, ...queries.map(({ metric, period }) => metric?.period ?? period ?? 1));
  const step = Math.min(widest, 3600) * 1000;
  return Math.floor(from / step) * step;
};

const isOffset = (words: unknown): words is readonly [number] => Array.isArray(words) && Number.isSafeInteger(words[0]);

const offsetFrom = (token: string | undefined): number =>
  token === undefined ? 0 : openToken(token, isOffset, invalidToken)[0];

const resultView = (
  id: string,
  { label, points, units }: Series,
  isDescending: boolean,
  offset: number,
  count: number,
  isMore: boolean,
) => {
  const entries = [...points];
  const page = (isDescending ? entries.reverse() : entries).slice(offset, offset + count);
  return {
    Id: id,
    Label: label,
    Timestamps: page.map(([at]) => new Date(at)),
    Values: page.map(([, value]) => value),
    StatusCode: isMore ? ("PartialData" as const) : ("Complete" as const),
    ...(units === undefined ? {} : { Messages: [severalUnits(units)] }),
  };
};

const severalUnits = (units: readonly string[]) => ({
  Code: "MultipleUnits",
  Value: `Multiple units returned: '[${units.join(", ")}]'`,
});
