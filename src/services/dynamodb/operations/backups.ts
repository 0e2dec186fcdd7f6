import { fillBackup, findBackup } from "../backupCopies.ts";
import type { BackupRecord } from "../backups.ts";
import { backupDetailsView, backupSummaryView, backupView } from "../backupViews.ts";
import { findBackedUp, tableName } from "../find.ts";
import { DEFAULT_BACKUP_PAGE } from "../limits.ts";
import type { Operation, Room } from "../room.ts";

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateBackup.html */
export const createBackup =
  (room: Pick<Room, "tables" | "backups" | "records" | "clock" | "ids">): Operation<"CreateBackup"> =>
  async (_ctx, input) => {
    const table = findBackedUp(room, input.TableName);
    const now = room.clock.now();
    const backup: BackupRecord = {
      arn: `${table.arn}/backup/${String(now).padStart(14, "0")}-${room.ids.hex(8)}`,
      name: input.BackupName,
      table,
      createdAt: now,
      status: "CREATING",
      items: 0,
      bytes: 0,
    };
    room.backups.records.put(backup.arn, backup);
    // The backup is whole when the call answers; AWS's answer still says that it is on its way.
    return { BackupDetails: backupDetailsView(await fillBackup(room, backup), "CREATING") };
  };

export const describeBackup =
  (room: Pick<Room, "backups">): Operation<"DescribeBackup"> =>
  async (_ctx, input) =>
    backupView(findBackup(room, input.BackupArn));

export const deleteBackup =
  (room: Pick<Room, "backups" | "records">): Operation<"DeleteBackup"> =>
  async (_ctx, input) => {
    const backup = findBackup(room, input.BackupArn);
    room.records.atomically(() => room.backups.remove(backup));
    return backupView(backup, "DELETED");
  };

export const listBackups =
  ({ backups }: Pick<Room, "backups">): Operation<"ListBackups"> =>
  async (_ctx, input) => {
    const limit = input.Limit ?? DEFAULT_BACKUP_PAGE;
    const { TimeRangeLowerBound: from, TimeRangeUpperBound: to, ExclusiveStartBackupArn: after } = input;
    const name = input.TableName && tableName(input.TableName);
    const found: BackupRecord[] = [];
    if (input.BackupType !== "AWS_BACKUP" && input.BackupType !== "SYSTEM")
      for (const { value } of backups.records.range(after ? { gt: after } : {})) {
        const isWanted =
          (!name || value.table.name === name) &&
          (!from || value.createdAt >= from.getTime()) &&
          (!to || value.createdAt < to.getTime());
        if (!isWanted) continue;
        if (found.length === limit)
          return { BackupSummaries: found.map(backupSummaryView), LastEvaluatedBackupArn: found.at(-1)?.arn };
        found.push(value);
      }
    return { BackupSummaries: found.map(backupSummaryView) };
  };
