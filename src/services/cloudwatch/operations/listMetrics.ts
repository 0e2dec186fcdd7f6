import { LISTED_MS, METRICS_PER_PAGE, RECENTLY_ACTIVE_MS } from "../limits.ts";
import { gather } from "../metrics/gather.ts";
import { page } from "../paging.ts";
import type { SeriesRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { dimensionsView } from "../views.ts";

export const listMetrics =
  (room: Room): Operation<"ListMetrics"> =>
  async (ctx, input) => {
    gather(room);
    const { Namespace, MetricName, Dimensions = [] } = input;
    const since = room.clock.now() - (input.RecentlyActive === "PT3H" ? RECENTLY_ACTIVE_MS : LISTED_MS);
    const prefix = Namespace === undefined ? [] : MetricName === undefined ? [Namespace] : [Namespace, MetricName];
    const wanted = ({ name, dimensions, lastAt }: SeriesRecord) =>
      lastAt >= since &&
      (MetricName === undefined || name === MetricName) &&
      Dimensions.every(({ Name, Value }) =>
        dimensions.some((each) => each.name === Name && (Value === undefined || each.value === Value)),
      );
    const { items, nextToken } = page(
      matching(room, prefix, wanted),
      ({ id }) => id,
      input.NextToken,
      METRICS_PER_PAGE,
    );
    return {
      Metrics: items.map(({ namespace, name, dimensions }) => ({
        Namespace: namespace,
        MetricName: name,
        Dimensions: dimensionsView(dimensions),
      })),
      ...(input.IncludeLinkedAccounts ? { OwningAccounts: items.map(() => ctx.account) } : {}),
      ...(nextToken === undefined ? {} : { NextToken: nextToken }),
    };
  };

function* matching(
  { series }: Pick<Room, "series">,
  prefix: readonly string[],
  wanted: (series: SeriesRecord) => boolean,
): Generator<SeriesRecord> {
  for (const { value } of series.range({ prefix })) if (wanted(value)) yield value;
}
