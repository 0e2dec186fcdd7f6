import { findNamedTable } from "../find.ts";
import type { Operation, Room } from "../room.ts";
import { tableView } from "../views.ts";

export const describeTable =
  (room: Pick<Room, "tables" | "sizes">): Operation<"DescribeTable"> =>
  async (_ctx, input) => {
    const table = findNamedTable(room, input.TableName);
    return { Table: tableView(table, "ACTIVE", (index) => room.sizes.of(table, index)) };
  };
