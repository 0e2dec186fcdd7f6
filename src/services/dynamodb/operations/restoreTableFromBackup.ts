import { findBackup, restoreInto } from "../backupCopies.ts";
import { restoredTable } from "../restoring.ts";
import type { Operation, Room } from "../room.ts";
import { readEncryption } from "../tableEncryption.ts";
import { EMPTY, tableView } from "../views.ts";

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableFromBackup.html */
export const restoreTableFromBackup =
  (room: Room): Operation<"RestoreTableFromBackup"> =>
  async (ctx, input) => {
    const backup = findBackup(room, input.BackupArn);
    const from = { backupArn: backup.arn, tableArn: backup.table.arn, at: backup.createdAt };
    const encryption = await readEncryption(ctx, input.SSESpecificationOverride);
    const table = restoredTable(room, ctx, { source: backup.table, from, input, encryption });
    await restoreInto(room, table, room.backups.items(backup));
    const size = { items: backup.items, bytes: backup.bytes };
    return { TableDescription: tableView(table, "CREATING", (index) => (index ? EMPTY : size)) };
  };
