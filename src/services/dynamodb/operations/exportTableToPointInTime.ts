import { ExportConflictException, InvalidExportTimeException } from "@aws-sdk/client-dynamodb";
import { recoveryUnavailable, validationError } from "../errors.ts";
import { findBackedUp } from "../find.ts";
import { MAX_EXPORT_WINDOW_MS, MIN_EXPORT_WINDOW_MS } from "../limits.ts";
import type { TableRecord } from "../records.ts";
import { earliestRestorable } from "../recovery.ts";
import type { Operation, Room } from "../room.ts";
import type { ExportRecord, ExportWindow } from "../transfers/records.ts";
import { answeredBefore, transferId } from "../transfers/requests.ts";
import { runExport } from "../transfers/runExport.ts";
import { exportView } from "../transfers/views.ts";

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExportTableToPointInTime.html */
export const exportTableToPointInTime =
  (room: Room): Operation<"ExportTableToPointInTime"> =>
  async (ctx, input) => {
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
    const window = windowOf(table, input, now);
    const asked: ExportRecord = {
      arn: `${table.arn}/export/${transferId(room)}`,
      clientToken: input.ClientToken ?? room.ids.uuid(),
      request,
      tableName: table.name,
      ...(input.ExportFormat === "ION" ? { format: input.ExportFormat } : {}),
      tableArn: table.arn,
      tableId: table.id,
      exportedAsOf: window?.to ?? momentOf(table, input.ExportTime, now),
      ...(window ? { window } : {}),
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
  checkRecoverable(table, "ExportTime", at, now);
  return at;
};

type Input = Parameters<ReturnType<typeof exportTableToPointInTime>>[1];

/** What an incremental export is of; undefined for a full one. */
const windowOf = (table: TableRecord, input: Input, now: number): ExportWindow | undefined => {
  const { ExportType, IncrementalExportSpecification: asked } = input;
  if (ExportType !== "INCREMENTAL_EXPORT") {
    if (asked) throw validationError("IncrementalExportSpecification is only for the ExportType INCREMENTAL_EXPORT");
    return undefined;
  }
  if (input.ExportTime) throw validationError("ExportTime is only for the ExportType FULL_EXPORT");
  if (!asked?.ExportFromTime) throw validationError("ExportFromTime is required for the ExportType INCREMENTAL_EXPORT");
  const from = asked.ExportFromTime.getTime();
  const to = asked.ExportToTime?.getTime() ?? now;
  checkRecoverable(table, "ExportFromTime", from, now);
  checkRecoverable(table, "ExportToTime", to, now);
  if (to - from < MIN_EXPORT_WINDOW_MS || to - from > MAX_EXPORT_WINDOW_MS)
    throw invalidTime(
      "The time between ExportFromTime and ExportToTime must be at least 15 minutes, and at most 24 hours",
    );
  return { from, to, view: asked.ExportViewType ?? "NEW_AND_OLD_IMAGES" };
};

const checkRecoverable = (table: TableRecord, member: string, at: number, now: number): void => {
  if (at < earliestRestorable(table, now) || at > now)
    throw invalidTime(`${member} is outside of the point in time recovery window of the table`);
};

const invalidTime = (message: string) => new InvalidExportTimeException({ message, $metadata: {} });

const conflict = () =>
  new ExportConflictException({ message: "The client token belongs to an export that is another", $metadata: {} });
