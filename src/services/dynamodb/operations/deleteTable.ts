import { validationError } from "../errors.ts";
import { findNamedTable } from "../find.ts";
import type { Operation, Room } from "../room.ts";
import { tableView } from "../views.ts";

export const deleteTable =
  (room: Pick<Room, "tables">): Operation<"DeleteTable"> =>
  async (_ctx, input) => {
    const table = findNamedTable(room, input.TableName);
    if (table.deletionProtection) {
      throw validationError(
        "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.",
      );
    }
    room.tables.remove(table);
    return { TableDescription: tableView(table, "DELETING", { items: 0, bytes: 0 }) };
  };
