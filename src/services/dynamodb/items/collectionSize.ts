import { ItemCollectionSizeLimitExceededException } from "@aws-sdk/client-dynamodb";
import { encodeKey } from "../keys/encode.ts";
import { MAX_COLLECTION_BYTES } from "../limits.ts";
import type { IndexRecord, TableRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { type AttributeValue, attributeOf, type Item } from "../values/attributeValue.ts";
import { partitionRange } from "./reads.ts";

type CollectionRoom = Pick<Room, "tables" | "sizes">;

/**
 * The bytes of the items that share a partition key and of what local indexes hold of them; less than `from`, whatever
 * they are, where the whole table is: nothing needs to be counted then.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LSI.html#LSI.ItemCollections.SizeLimit
 */
export const collectionBytes = (
  { tables, sizes }: CollectionRoom,
  table: TableRecord,
  { partition, from }: { readonly partition: AttributeValue; readonly from: number },
): number => {
  const places: readonly (IndexRecord | undefined)[] = [undefined, ...table.indexes.filter(({ local }) => local)];
  const whole = places.reduce((sum, index) => sum + sizes.of(table, index).bytes, 0);
  if (whole < from) return whole;
  const range = partitionRange([encodeKey(partition)], undefined, { start: undefined, reverse: false });
  let bytes = 0;
  for (const index of places)
    for (const stored of (index ? tables.indexItems(table, index) : tables.items(table)).values(range))
      bytes += stored.bytes;
  return bytes;
};

/** Throws when a write has made an item's collection larger than one may be. AWS: only local indexes make collections. */
export const checkCollection = (room: CollectionRoom, table: TableRecord, item: Item): void => {
  if (!table.indexes.some(({ local }) => local)) return;
  const partition = attributeOf(item, table.key.partition.name);
  if (partition === undefined) return;
  if (collectionBytes(room, table, { partition, from: MAX_COLLECTION_BYTES }) <= MAX_COLLECTION_BYTES) return;
  throw new ItemCollectionSizeLimitExceededException({ message: "Collection size exceeded.", $metadata: {} });
};
