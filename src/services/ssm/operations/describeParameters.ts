import { validation } from "../errors.ts";
import { checkFilters, DESCRIBED } from "../filterChecks.ts";
import { type ParameterFilter, passes } from "../filters.ts";
import { latestOf } from "../find.ts";
import { DEFAULT_PAGE_SIZE } from "../limits.ts";
import { page } from "../paging.ts";
import type { Operation, Room } from "../room.ts";
import { descriptionView } from "../views.ts";

export const describeParameters =
  (room: Pick<Room, "parameters" | "versions" | "clock">): Operation<"DescribeParameters"> =>
  async (_ctx, input) => {
    const { Filters = [], ParameterFilters = [] } = input;
    if (Filters.length > 0 && ParameterFilters.length > 0) {
      throw validation("You can use either Filters or ParameterFilters in a single request.");
    }
    checkFilters(ParameterFilters, DESCRIBED);
    const filters: readonly ParameterFilter[] = [...ParameterFilters, ...Filters.map(asParameterFilter)];
    const found = [...room.parameters.range()]
      .map(({ value }) => ({ parameter: value, version: latestOf(room, value) }))
      .filter(({ parameter, version }) => passes(parameter, version, filters));
    const { items, ...next } = page(found, input.NextToken, input.MaxResults ?? DEFAULT_PAGE_SIZE);
    const now = room.clock.now();
    return { Parameters: items.map(({ parameter, version }) => descriptionView(parameter, version, now)), ...next };
  };

/** AWS: the older filters compare names by their beginning. */
const asParameterFilter = ({ Key, Values }: { readonly Key: string; readonly Values: readonly string[] }) => ({
  Key,
  Option: Key === "Name" ? "BeginsWith" : "Equals",
  Values,
});
