import { validationError } from "../errors.ts";
import { findNamedTable } from "../find.ts";
import type { Operation, Room } from "../room.ts";

export const updateTimeToLive =
  (room: Pick<Room, "tables">): Operation<"UpdateTimeToLive"> =>
  async (_ctx, input) => {
    const table = findNamedTable(room, input.TableName);
    const { Enabled, AttributeName } = input.TimeToLiveSpecification;
    if (Enabled && table.ttlAttribute !== undefined) throw validationError("TimeToLive is already enabled");
    if (!Enabled && table.ttlAttribute === undefined) throw validationError("TimeToLive is already disabled");
    const { ttlAttribute: _ttlAttribute, ...rest } = table;
    room.tables.put(Enabled ? { ...rest, ttlAttribute: AttributeName } : rest);
    return { TimeToLiveSpecification: { Enabled, AttributeName } };
  };

export const describeTimeToLive =
  (room: Pick<Room, "tables">): Operation<"DescribeTimeToLive"> =>
  async (_ctx, input) => {
    const { ttlAttribute } = findNamedTable(room, input.TableName);
    return {
      TimeToLiveDescription:
        ttlAttribute === undefined
          ? { TimeToLiveStatus: "DISABLED" }
          : { TimeToLiveStatus: "ENABLED", AttributeName: ttlAttribute },
    };
  };
