import { findNamedTable } from "../find.ts";
import type { TableRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

export const describeContinuousBackups =
  (room: Pick<Room, "tables">): Operation<"DescribeContinuousBackups"> =>
  async (_ctx, input) => ({ ContinuousBackupsDescription: backupsView(findNamedTable(room, input.TableName)) });

const backupsView = (table: TableRecord) => ({
  ContinuousBackupsStatus: "ENABLED" as const,
  PointInTimeRecoveryDescription: {
    PointInTimeRecoveryStatus: table.pointInTimeRecovery ? ("ENABLED" as const) : ("DISABLED" as const),
  },
});
