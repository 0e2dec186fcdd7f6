import { validationError } from "../errors.ts";
import { findNamedTable } from "../find.ts";
import type { Operation, Room } from "../room.ts";
import { closeStream } from "../tableStream.ts";
import { deletedTableView } from "../views.ts";

export const deleteTable =
  (room: Pick<Room, "tables" | "records" | "sizes" | "changes" | "histories" | "clock">): Operation<"DeleteTable"> =>
  async (_ctx, input) => {
    const table = findNamedTable(room, input.TableName);
    if (table.deletionProtection) {
      throw validationError(
        "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.",
      );
    }
    room.records.atomically(() => {
      closeStream(room, table);
      room.sizes.forget(table);
      room.histories.drop(table);
      room.tables.remove(table);
    });
    return { TableDescription: deletedTableView(table) };
  };
