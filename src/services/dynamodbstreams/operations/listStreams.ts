import { checkLimit } from "../errors.ts";
import { findStream } from "../find.ts";
import { MAX_LIST_PAGE } from "../limits.ts";
import type { Operation, Room } from "../room.ts";
import { streamView } from "../views.ts";

export const listStreams =
  (room: Room): Operation<"ListStreams"> =>
  async (_ctx, input) => {
    checkLimit(input.Limit, MAX_LIST_PAGE);
    const limit = input.Limit ?? MAX_LIST_PAGE;
    const tableName = input.TableName?.split(":table/").at(-1);
    const after = input.ExclusiveStartStreamArn ? findStream(room, input.ExclusiveStartStreamArn) : undefined;
    const Streams: ReturnType<typeof streamView>[] = [];
    for (const stream of room.changes.list(tableName, after)) {
      if (Streams.length === limit) return { Streams, LastEvaluatedStreamArn: Streams.at(-1)?.StreamArn };
      Streams.push(streamView(stream));
    }
    return { Streams };
  };
