import { ExportConflictException, InvalidExportTimeException } from "@aws-sdk/client-dynamodb";
import { NotImplemented } from "../../../kernel/errors.ts";
import { recoveryUnavailable } from "../errors.ts";
import { findBackedUp } from "../find.ts";
import type { TableRecord } from "../records.ts";
import { earliestRestorable } from "../recovery.ts";
import type { Operation, Room } from "../room.ts";
import type { ExportRecord } from "../transfers/records.ts";
import { answeredBefore, transferId } from "../transfers/requests.ts";
import { runExport } from "../transfers/runExport.ts";
import { exportView } from "../transfers/views.ts";

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExportTableToPointInTime.html */
export const exportTableToPointInTime =
  (room: Room): Operation<"ExportTableToPointInTime"> =>
  async (ctx, input) => {
    if (input.ExportFormat === "ION") throw new NotImplemented("ExportTableToPointInTime with ExportFormat ION");
    if (input.ExportType === "INCREMENTAL_EXPORT")
      throw new NotImplemented("ExportTableToPointInTime with ExportType INCREMENTAL_EXPORT");
    const table = findBackedUp(room, input.TableArn);
    if (!table.pointInTimeRecovery) throw recoveryUnavailable(table.name);
    const request = JSON.stringify(input);
    const known = answeredBefore(
      room.transfers.exports,
      { request, token: input.ClientToken },
      room.clock.now(),
      conflict,
    );
    if (known) return { ExportDescription: exportView(known) };
    const now = room.clock.now();
    const asked: ExportRecord = {
      arn: `${table.arn}/export/${transferId(room)}`,
      clientToken: input.ClientToken ?? room.ids.uuid(),
      request,
      tableName: table.name,
      tableArn: table.arn,
      tableId: table.id,
      exportedAsOf: momentOf(table, input.ExportTime, now),
      bucket: input.S3Bucket,
      bucketOwner: input.S3BucketOwner,
      prefix: input.S3Prefix,
      sseAlgorithm: input.S3SseAlgorithm,
      sseKmsKeyId: input.S3SseKmsKeyId,
      status: "IN_PROGRESS",
      startedAt: now,
      items: 0,
      bytes: 0,
    };
    room.transfers.exports.put(asked.arn, asked);
    // AWS: the files are written with the permissions of the one who asks for them.
    const { call } = room.contextAs(ctx.principal, "dynamodb.amazonaws.com");
    room.tasks.spawn(`the export ${asked.arn}`, () => runExport(room, call, table, asked));
    return { ExportDescription: exportView(asked) };
  };

const momentOf = (table: TableRecord, asked: Date | undefined, now: number): number => {
  const at = asked?.getTime() ?? now;
  if (at < earliestRestorable(table, now) || at > now)
    throw new InvalidExportTimeException({
      message: "ExportTime is outside of the point in time recovery window of the table",
      $metadata: {},
    });
  return at;
};

const conflict = () =>
  new ExportConflictException({ message: "The client token belongs to an export that is another", $metadata: {} });
