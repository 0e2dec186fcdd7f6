import { capacityView, type Usage } from "../capacity.ts";
import type { TableRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { type AttributeValue, attributeOf, itemOf } from "../values/attributeValue.ts";
import { itemAnswer } from "./answers.ts";
import { collectionBytes } from "./collectionSize.ts";
import type { ItemWrite } from "./writes.ts";

type CollectionRoom = Pick<Room, "tables" | "sizes">;

const GB = 1024 ** 3;

/**
 * The size of the item collection that a write is part of, in whole gigabytes. AWS tells it only where a local index makes
 * collections, and only to who asks.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LSI.html#LSI.ItemCollections.SizeLimit
 */
const collectionView = (room: CollectionRoom, { table, partition }: Written) => {
  const key = itemOf([[table.key.partition.name, partition]]);
  const lower = Math.floor(collectionBytes(room, table, { partition, from: GB }) / GB);
  // Answers that bring their own JSON have binary as the wire has it.
  const shown = Object.defineProperty(itemAnswer(key), "toJSON", { value: () => key });
  return { ItemCollectionKey: shown, SizeEstimateRangeGB: [lower, lower + 1] };
};

interface Written {
  readonly table: TableRecord;
  /** The value of the partition key. */
  readonly partition: AttributeValue;
}

const writtenBy = ({ table, ...write }: ItemWrite): readonly Written[] => {
  if (!table.indexes.some(({ local }) => local)) return [];
  const source = "keyItem" in write ? write.keyItem : undefined;
  const partition = source && attributeOf(source, table.key.partition.name);
  return partition === undefined ? [] : [{ table, partition }];
};

interface Asks {
  readonly TableName: string;
  readonly ReturnConsumedCapacity?: string | undefined;
  readonly ReturnItemCollectionMetrics?: string | undefined;
}

/** What a single write's answer says beside the item: what it cost, and how large its collection is, if asked. */
export const restOf = (room: CollectionRoom, asks: Asks, write: ItemWrite, usage: Usage) => {
  const capacity = capacityView(asks.ReturnConsumedCapacity, write.table, usage, asks.TableName);
  const [written] = asks.ReturnItemCollectionMetrics === "SIZE" ? writtenBy(write) : [];
  return written ? { ...capacity, ItemCollectionMetrics: collectionView(room, written) } : capacity;
};

/** The member of the answer to several writes: collections by table, each once. */
export const collectionsMetrics = (room: CollectionRoom, asked: string | undefined, writes: readonly ItemWrite[]) => {
  if (asked !== "SIZE") return {};
  const byTable = new Map<string, Map<string, ReturnType<typeof collectionView>>>();
  for (const written of writes.flatMap(writtenBy)) {
    const views = byTable.get(written.table.name) ?? new Map<string, ReturnType<typeof collectionView>>();
    views.set(JSON.stringify(written.partition), collectionView(room, written));
    byTable.set(written.table.name, views);
  }
  if (byTable.size === 0) return {};
  return {
    ItemCollectionMetrics: Object.fromEntries([...byTable].map(([name, views]) => [name, [...views.values()]])),
  };
};
