import type { Shard } from "../../../engines/changes/shards.ts";
import { checkLimit, validationError } from "../errors.ts";
import { findStream } from "../find.ts";
import { MAX_LIST_PAGE } from "../limits.ts";
import type { Operation, Room } from "../room.ts";
import { descriptionView, shardView } from "../views.ts";

export const describeStream =
  (room: Room): Operation<"DescribeStream"> =>
  async (_ctx, input) => {
    checkLimit(input.Limit, MAX_LIST_PAGE);
    checkFilter(input.ShardFilter);
    const stream = findStream(room, input.StreamArn);
    const asked = room.changes.shards(stream, room.clock.now()).filter(isAskedFor(input));
    const page = asked.slice(0, input.Limit ?? MAX_LIST_PAGE);
    const last = page.length < asked.length ? page.at(-1) : undefined;
    return {
      StreamDescription: {
        ...descriptionView(stream),
        Shards: page.map(shardView),
        ...(last ? { LastEvaluatedShardId: last.id } : {}),
      },
    };
  };

type Input = Parameters<ReturnType<typeof describeStream>>[1];

/** AWS: its model asks for neither, and one without the other says nothing. */
const checkFilter = (filter: Input["ShardFilter"]): void => {
  if (!filter) return;
  if (filter.Type === undefined) throw validationError("ShardFilter Type must be specified");
  if (filter.ShardId === undefined)
    throw validationError(`ShardFilter ShardId must be specified when Type is ${filter.Type}`);
};

/** The ids of shards grow as time goes on, so those after a shard are those with greater ids. */
const isAskedFor =
  ({ ExclusiveStartShardId: start, ShardFilter: filter }: Input) =>
  ({ id, parent }: Shard): boolean =>
    (start === undefined || id > start) && (filter?.Type !== "CHILD_SHARDS" || parent === filter.ShardId);
