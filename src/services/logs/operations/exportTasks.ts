import { exportFinished, exportNotFound, limitExceeded } from "../errors.ts";
import { checkExportBucket } from "../exports/checkBucket.ts";
import { driveExport, isUnderWay } from "../exports/drive.ts";
import { findGroup } from "../find.ts";
import { DEFAULT_LIST_SIZE } from "../limits.ts";
import { page } from "../paging.ts";
import type { ExportRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

export const createExportTask =
  (room: Room): Operation<"CreateExportTask"> =>
  async (_ctx, input) => {
    const { name: group } = findGroup(room, input.logGroupName);
    // AWS: one at a time in an account and region.
    if ([...room.exports.values()].some(isUnderWay)) throw limitExceeded();
    const record: ExportRecord = {
      id: room.ids.uuid(),
      ...(input.taskName === undefined ? {} : { name: input.taskName }),
      group,
      streamPrefix: input.logStreamNamePrefix ?? "",
      from: input.from,
      to: input.to,
      bucket: input.destination,
      prefix: input.destinationPrefix ?? "exportedlogs",
      createdAt: room.clock.now(),
      status: "PENDING",
    };
    await checkExportBucket(room, record, input.destinationPrefix);
    room.exports.put(record.id, record);
    driveExport(room, record);
    return { taskId: record.id };
  };

export const describeExportTasks =
  ({ exports }: Pick<Room, "exports">): Operation<"DescribeExportTasks"> =>
  async (_ctx, { taskId, statusCode, nextToken, limit }) => {
    const wanted = [...exports.values()]
      .filter(({ id, status }) => (taskId ?? id) === id && (statusCode ?? status) === status)
      .sort((a, b) => a.createdAt - b.createdAt);
    const { items, ...next } = page(wanted, ({ id }) => id, nextToken, limit ?? DEFAULT_LIST_SIZE);
    return { exportTasks: items.map(exportView), ...next };
  };

const exportView = (record: ExportRecord) => {
  const message = record.status === "COMPLETED" ? "Completed successfully" : record.failure;
  return {
    taskId: record.id,
    ...(record.name === undefined ? {} : { taskName: record.name }),
    logGroupName: record.group,
    from: record.from,
    to: record.to,
    destination: record.bucket,
    destinationPrefix: record.prefix,
    status: { code: record.status, ...(message === undefined ? {} : { message }) },
    executionInfo: {
      creationTime: record.createdAt,
      ...(record.completedAt === undefined ? {} : { completionTime: record.completedAt }),
    },
  };
};

export const cancelExportTask =
  (room: Room): Operation<"CancelExportTask"> =>
  async (_ctx, { taskId }) => {
    const record = room.exports.get(taskId);
    if (!record) throw exportNotFound();
    if (!isUnderWay(record)) throw exportFinished();
    room.exports.put(taskId, { ...record, status: "CANCELLED", completedAt: room.clock.now() });
    return {};
  };
