import { invalidParameter } from "../errors.ts";
import { findQuery, isUnderWay } from "../insights/find.ts";
import type { Operation, Room } from "../room.ts";

export const stopQuery =
  (room: Room): Operation<"StopQuery"> =>
  async (_ctx, { queryId }) => {
    const query = findQuery(room, queryId);
    if (!isUnderWay(query)) throw invalidParameter(`Query ${query.id} is not running: it is ${query.status}`);
    room.queries.put(query.id, { ...query, status: "Cancelled" });
    room.queriesUnderWay.get(query.id)?.abort(new Error("the query was stopped"));
    return { success: true };
  };
