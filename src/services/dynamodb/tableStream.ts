import { invalidParameter } from "./errors.ts";
import type { StreamRecord, TableRecord } from "./records.ts";
import type { Room } from "./room.ts";

interface StreamInput {
  readonly StreamEnabled: boolean | undefined;
  readonly StreamViewType?: string | undefined;
}

/** Throws when CreateTable says half of a stream. AWS calls the view type by a name of its own. */
export const checkNewStream = (input: StreamInput | undefined): void => {
  if (input?.StreamEnabled && !input.StreamViewType)
    throw invalidParameter("Table is being created with a stream enabled, UpdateViewType is required");
  if (input && !input.StreamEnabled && input.StreamViewType)
    throw invalidParameter("Table is being created with a stream disabled, UpdateViewType should not be specified");
};

/** The same of UpdateTable. */
export const checkChangedStream = (input: StreamInput | undefined): void => {
  if (input?.StreamEnabled && !input.StreamViewType)
    throw invalidParameter("If stream is being enabled then UpdateViewType is required");
  if (input && !input.StreamEnabled && input.StreamViewType)
    throw invalidParameter("If stream is being disabled, then UpdateViewType must not be specified");
};

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
  changes.put({
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
