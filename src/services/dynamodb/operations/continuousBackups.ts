import { DAY_MS } from "../../../kernel/clock.ts";
import { findNamedTable } from "../find.ts";
import type { TableRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html */
const DEFAULT_RECOVERY_DAYS = 35;
const LATEST_RESTORABLE_LAG_MS = 5 * 60 * 1000;

export const describeContinuousBackups =
  ({ tables, clock }: Pick<Room, "tables" | "clock">): Operation<"DescribeContinuousBackups"> =>
  async (_ctx, input) => ({
    ContinuousBackupsDescription: backupsView(findNamedTable({ tables }, input.TableName), clock.now()),
  });

/** Keeps the setting. Differs: nothing can be restored here, and RestoreTableToPointInTime says so. */
export const updateContinuousBackups =
  ({ tables, clock }: Pick<Room, "tables" | "clock">): Operation<"UpdateContinuousBackups"> =>
  async (_ctx, input) => {
    const table = findNamedTable({ tables }, input.TableName);
    const { PointInTimeRecoveryEnabled: enabled, RecoveryPeriodInDays } = input.PointInTimeRecoverySpecification;
    const { recoverableSince: _since, recoveryPeriodDays: _days, ...rest } = table;
    const changed: TableRecord = enabled
      ? {
          ...rest,
          pointInTimeRecovery: true,
          recoverableSince: table.recoverableSince ?? clock.now(),
          recoveryPeriodDays: RecoveryPeriodInDays ?? table.recoveryPeriodDays ?? DEFAULT_RECOVERY_DAYS,
        }
      : { ...rest, pointInTimeRecovery: false };
    tables.put(changed);
    return { ContinuousBackupsDescription: backupsView(changed, clock.now()) };
  };

const backupsView = (table: TableRecord, now: number) => ({
  ContinuousBackupsStatus: "ENABLED" as const,
  PointInTimeRecoveryDescription: table.pointInTimeRecovery ? recoveryView(table, now) : DISABLED,
});

const DISABLED = { PointInTimeRecoveryStatus: "DISABLED" as const };

const recoveryView = (
  { recoverableSince = 0, recoveryPeriodDays = DEFAULT_RECOVERY_DAYS }: TableRecord,
  now: number,
) => {
  const latest = Math.max(recoverableSince, now - LATEST_RESTORABLE_LAG_MS);
  return {
    PointInTimeRecoveryStatus: "ENABLED" as const,
    RecoveryPeriodInDays: recoveryPeriodDays,
    EarliestRestorableDateTime: new Date(Math.max(recoverableSince, now - recoveryPeriodDays * DAY_MS)),
    LatestRestorableDateTime: new Date(latest),
  };
};
