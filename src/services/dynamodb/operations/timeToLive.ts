import { validationError } from "../errors.ts";
import { keepFilling } from "../filling.ts";
import { findNamedTable } from "../find.ts";
import type { TableRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { keepSweeping } from "../sweep.ts";

export const updateTimeToLive =
  (room: Room): Operation<"UpdateTimeToLive"> =>
  async (_ctx, input) => {
    const table = findNamedTable(room, input.TableName);
    const { Enabled, AttributeName } = input.TimeToLiveSpecification;
    if (Enabled && table.ttlAttribute !== undefined) throw validationError("TimeToLive is already enabled");
    if (!Enabled && table.ttlAttribute === undefined) throw validationError("TimeToLive is already disabled");
    // AWS demands the attribute that is in use.
    if (!Enabled && table.ttlAttribute !== AttributeName)
      throw validationError("Cannot disable TimeToLive: the attribute name is not the one that is enabled");
    const { ttlAttribute: _ttlAttribute, isOrderingExpiries: _isOrdering, ...rest } = table;
    const changed: TableRecord = Enabled ? { ...rest, ttlAttribute: AttributeName, isOrderingExpiries: true } : rest;
    room.records.atomically(() => {
      if (!Enabled) room.tables.dropExpiries(table);
      room.tables.put(changed);
    });
    keepFilling(room, changed);
    keepSweeping(room);
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
