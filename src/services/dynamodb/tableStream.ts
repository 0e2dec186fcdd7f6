import type { StreamRecord, TableRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** A stream's label is the time it began. */
export const newStream = (
  tableArn: string,
  now: number,
  viewType: StreamRecord["viewType"] | undefined,
): StreamRecord => {
  const label = new Date(now).toISOString().slice(0, -1);
  return { viewType: viewType ?? "NEW_AND_OLD_IMAGES", label, arn: `${tableArn}/stream/${label}` };
};

/** Begins the stream of a table. Call it in the transaction that puts the table. */
export const openStream = (
  { changes, clock, ids }: Pick<Room, "changes" | "clock" | "ids">,
  table: TableRecord,
): void => {
  if (!table.stream) return;
  const now = clock.now();
  changes.open({
    ...table.stream,
    id: ids.uuid(),
    tableName: table.name,
    partitionKey: table.key.partition.name,
    ...(table.key.sort ? { sortKey: table.key.sort.name } : {}),
    shardId: `shardId-${String(now).padStart(20, "0")}-${ids.hex(8)}`,
    createdAt: now,
    first: 1,
  });
};

/** Ends it; what it holds can be read for a day. */
export const closeStream = ({ changes, clock }: Pick<Room, "changes" | "clock">, table: TableRecord): void => {
  if (table.stream) changes.close(table.stream.arn, clock.now());
};
