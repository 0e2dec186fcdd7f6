import type { TableRecord } from "../records.ts";
import type { Room } from "../room.ts";
import type { Item } from "../values/attributeValue.ts";
import { equalValues } from "../values/compare.ts";
import { itemSize } from "../values/size.ts";
import { keyItem } from "./keys.ts";
import type { StoredItem } from "./storedItem.ts";

/** Who made a change: a caller, or the service itself because an item's time had come. */
export type ChangedBy = "caller" | "expiry";

/**
 * Writes what happened to an item into the table's stream, if it has one. Call it within the write's transaction.
 * AWS: a write that leaves the item as it was leaves no record.
 */
export const recordChange = (
  { changes, clock, ids, region }: Pick<Room, "changes" | "clock" | "ids" | "region">,
  table: TableRecord,
  before: StoredItem | undefined,
  after: StoredItem | undefined,
  by: ChangedBy,
): void => {
  const { stream } = table;
  const either = after ?? before;
  if (!stream || !either) return;
  if (before && after && isSame(before, after)) return;
  const now = clock.now();
  const keys = keyItem(table.key, either.item);
  const shows = (image: "NEW_IMAGE" | "OLD_IMAGE") =>
    stream.viewType === image || stream.viewType === "NEW_AND_OLD_IMAGES";
  const newImage = after && shows("NEW_IMAGE") ? after : undefined;
  const oldImage = before && shows("OLD_IMAGE") ? before : undefined;
  const head = {
    eventID: ids.hex(32),
    eventName: before ? (after ? "MODIFY" : "REMOVE") : "INSERT",
    eventVersion: "1.1",
    eventSource: "aws:dynamodb",
    awsRegion: region,
    ...(by === "expiry" ? { userIdentity: EXPIRY_IDENTITY } : {}),
  };
  const detail = {
    ApproximateCreationDateTime: Math.floor(now / 1000),
    SizeBytes: sizeOf(keys, newImage, oldImage),
    StreamViewType: stream.viewType,
  };
  changes.append(
    stream.arn,
    now,
    `{"head":${JSON.stringify(head)},"detail":${JSON.stringify(detail)},"keys":${JSON.stringify(keys)}${
      newImage ? `,"newImage":${newImage.text}` : ""
    }${oldImage ? `,"oldImage":${oldImage.text}` : ""}}`,
  );
};

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html */
const EXPIRY_IDENTITY = { Type: "Service", PrincipalId: "dynamodb.amazonaws.com" };

const isSame = (before: StoredItem, after: StoredItem): boolean =>
  before.text === after.text || (before.bytes === after.bytes && equalValues({ M: before.item }, { M: after.item }));

const sizeOf = (keys: Item, newImage: StoredItem | undefined, oldImage: StoredItem | undefined): number =>
  itemSize(keys) + (newImage?.bytes ?? 0) + (oldImage?.bytes ?? 0);
