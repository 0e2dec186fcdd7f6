import { findBackedUp } from "../find.ts";
import type { TableRecord } from "../records.ts";
import { DEFAULT_RECOVERY_DAYS, earliestRestorable } from "../recovery.ts";
import type { Operation, Room } from "../room.ts";
import { keepSweeping } from "../sweep.ts";

export const describeContinuousBackups =
  ({ tables, clock }: Pick<Room, "tables" | "clock">): Operation<"DescribeContinuousBackups"> =>
  async (_ctx, input) => ({
    ContinuousBackupsDescription: backupsView(findBackedUp({ tables }, input.TableName), clock.now()),
  });

export const updateContinuousBackups =
  (room: Room): Operation<"UpdateContinuousBackups"> =>
  async (_ctx, input) => {
    const { tables, clock } = room;
    const table = findBackedUp(room, input.TableName);
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
    room.records.atomically(() => {
      if (!enabled) room.histories.drop(table);
      tables.put(changed);
    });
    keepSweeping(room);
    return { ContinuousBackupsDescription: backupsView(changed, clock.now()) };
  };

const backupsView = (table: TableRecord, now: number) => ({
  ContinuousBackupsStatus: "ENABLED" as const,
  PointInTimeRecoveryDescription: table.pointInTimeRecovery ? recoveryView(table, now) : DISABLED,
});

const DISABLED = { PointInTimeRecoveryStatus: "DISABLED" as const };

/** Differs: AWS is about five minutes behind with what can be restored. */
const recoveryView = (table: TableRecord, now: number) => ({
  PointInTimeRecoveryStatus: "ENABLED" as const,
  RecoveryPeriodInDays: table.recoveryPeriodDays ?? DEFAULT_RECOVERY_DAYS,
  EarliestRestorableDateTime: new Date(earliestRestorable(table, now)),
  LatestRestorableDateTime: new Date(now),
});
