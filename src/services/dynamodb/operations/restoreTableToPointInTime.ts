import { InvalidRestoreTimeException } from "@aws-sdk/client-dynamodb";
import { restoreAsOf } from "../backupCopies.ts";
import { recoveryUnavailable, validationError } from "../errors.ts";
import { findBackedUp } from "../find.ts";
import type { TableRecord } from "../records.ts";
import { earliestRestorable } from "../recovery.ts";
import { restoredTable } from "../restoring.ts";
import type { Operation, Room } from "../room.ts";
import { readEncryption } from "../tableEncryption.ts";
import { EMPTY, tableView } from "../views.ts";

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableToPointInTime.html */
export const restoreTableToPointInTime =
  (room: Room): Operation<"RestoreTableToPointInTime"> =>
  async (ctx, input) => {
    const source = sourceOf(room, input.SourceTableArn ?? input.SourceTableName);
    if (!source.pointInTimeRecovery) throw recoveryUnavailable(source.name);
    const at = momentOf(source, input, room.clock.now());
    const encryption = await readEncryption(ctx, input.SSESpecificationOverride);
    const table = restoredTable(room, ctx, { source, from: { tableArn: source.arn, at }, input, encryption });
    await restoreAsOf(room, { source, at, table });
    return { TableDescription: tableView(table, "CREATING", () => EMPTY) };
  };

const sourceOf = (room: Pick<Room, "tables">, nameOrArn: string | undefined): TableRecord => {
  if (nameOrArn === undefined)
    throw validationError("One of SourceTableName and SourceTableArn must be specified, and only one");
  return findBackedUp(room, nameOrArn);
};

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
      $metadata: {},
    });
  return at;
};
