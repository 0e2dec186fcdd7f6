import { TableAlreadyExistsException } from "@aws-sdk/client-dynamodb";
import { NotImplemented } from "../../../kernel/errors.ts";
import { findBackup, restoreInto } from "../backupCopies.ts";
import { validationError } from "../errors.ts";
import type { IndexRecord, TableRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { EMPTY, tableView } from "../views.ts";

/**
 * AWS: a restored table has the keys, indexes and throughput of its source, and none of its stream, time to live, tags,
 * policies, alarms and recovery settings.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableFromBackup.html
 */
export const restoreTableFromBackup =
  (room: Room): Operation<"RestoreTableFromBackup"> =>
  async (ctx, input) => {
    const backup = findBackup(room, input.BackupArn);
    if (input.SSESpecificationOverride)
      throw new NotImplemented("RestoreTableFromBackup with SSESpecificationOverride");
    if (room.tables.get(input.TargetTableName) || isRestoring(room, input.TargetTableName))
      throw new TableAlreadyExistsException({
        message: `Table already exists: ${input.TargetTableName}`,
        $metadata: {},
      });
    const { table: source } = backup;
    const billingMode = input.BillingModeOverride ?? source.billingMode;
    const override = input.ProvisionedThroughputOverride;
    const table: TableRecord = {
      name: input.TargetTableName,
      id: room.ids.uuid(),
      arn: ctx.arn(`table/${input.TargetTableName}`),
      createdAt: room.clock.now(),
      key: source.key,
      attributes: source.attributes,
      billingMode,
      throughput: override
        ? { read: override.ReadCapacityUnits, write: override.WriteCapacityUnits }
        : billingMode === "PAY_PER_REQUEST"
          ? { read: 0, write: 0 }
          : source.throughput,
      indexes: keptIndexes(source.indexes, input.LocalSecondaryIndexOverride, input.GlobalSecondaryIndexOverride),
      deletionProtection: false,
      pointInTimeRecovery: false,
      tags: [],
    };
    await restoreInto(room, table, room.backups.items(backup));
    const size = { items: backup.items, bytes: backup.bytes };
    return {
      TableDescription: {
        ...tableView(table, "CREATING", (index) => (index ? EMPTY : size)),
        RestoreSummary: {
          SourceBackupArn: backup.arn,
          SourceTableArn: source.arn,
          RestoreDateTime: new Date(backup.createdAt),
          RestoreInProgress: true,
        },
      },
    };
  };

const isRestoring = ({ backups }: Room, name: string): boolean =>
  [...backups.restoring.range()].some(({ value }) => value.name === name);

type Override = readonly { readonly IndexName: string | undefined }[] | undefined;

/** AWS: indexes may be left out of a restored table, and none added. */
const keptIndexes = (indexes: readonly IndexRecord[], local: Override, global: Override): readonly IndexRecord[] => {
  const chosen = (override: Override, isLocal: boolean) => {
    const own = indexes.filter((index) => index.local === isLocal);
    if (!override) return own;
    return override.map(({ IndexName }) => {
      const index = own.find(({ name }) => name === IndexName);
      if (!index) throw validationError(`Index ${IndexName} is not in the backup's table`);
      return index;
    });
  };
  return [...chosen(local, true), ...chosen(global, false)];
};
