import {
  InvalidRestoreTimeException,
  PointInTimeRecoveryUnavailableException,
  TableNotFoundException,
} from "@aws-sdk/client-dynamodb";
import { restoreAsOf } from "../backupCopies.ts";
import { validationError } from "../errors.ts";
import { tableName } from "../find.ts";
import type { TableRecord } from "../records.ts";
import { earliestRestorable } from "../recovery.ts";
import { restoredTable } from "../restoring.ts";
import type { Operation, Room } from "../room.ts";
import { EMPTY, tableView } from "../views.ts";

const $metadata = {};

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableToPointInTime.html */
export const restoreTableToPointInTime =
  (room: Room): Operation<"RestoreTableToPointInTime"> =>
  async (ctx, input) => {
    const source = sourceOf(room, input.SourceTableArn ?? input.SourceTableName);
    if (!source.pointInTimeRecovery) throw recoveryUnavailable(source);
    const at = momentOf(source, input, room.clock.now());
    const table = restoredTable(room, ctx, { source, from: { tableArn: source.arn, at }, input });
    await restoreAsOf(room, { source, at, table });
    return { TableDescription: tableView(table, "CREATING", () => EMPTY) };
  };

const sourceOf = (room: Pick<Room, "tables">, nameOrArn: string | undefined): TableRecord => {
  if (nameOrArn === undefined)
    throw validationError("One of SourceTableName and SourceTableArn must be specified, and only one");
  const table = room.tables.get(tableName(nameOrArn));
  if (!table) throw new TableNotFoundException({ message: `Table not found: ${tableName(nameOrArn)}`, $metadata });
  return table;
};

/** What AWS says of a table whose past is not kept. */
export const recoveryUnavailable = ({ name }: TableRecord) =>
  new PointInTimeRecoveryUnavailableException({
    message: `Point in time recovery is not enabled for table '${name}'`,
    $metadata,
  });

interface Moment {
  readonly UseLatestRestorableTime?: boolean | undefined;
  readonly RestoreDateTime?: Date | undefined;
}

const momentOf = (source: TableRecord, { UseLatestRestorableTime, RestoreDateTime }: Moment, now: number): number => {
  if (!UseLatestRestorableTime === !RestoreDateTime)
    throw validationError("One of UseLatestRestorableTime and RestoreDateTime must be specified, and only one");
  const at = RestoreDateTime?.getTime() ?? now;
  if (at < earliestRestorable(source, now) || at > now)
    throw new InvalidRestoreTimeException({
      message: `The RestoreDateTime must be between EarliestRestorableDateTime and LatestRestorableDateTime of table '${source.name}'`,
      $metadata,
    });
  return at;
};
