import { AwsError } from "../../../kernel/errors.ts";
import { writeUnits } from "../capacity.ts";
import { invalidParameter, validationError } from "../errors.ts";
import { MAX_ITEM_BYTES } from "../limits.ts";
import type { IndexRecord, TableRecord, Tables } from "../records.ts";
import type { Room } from "../room.ts";
import { attributeOf, type Item, itemOf } from "../values/attributeValue.ts";
import { type ChangedBy, recordChange } from "./changes.ts";
import { moveExpiry } from "./expiry.ts";
import { checkIndexKeys, indexKey, keyAttributes, type StoredKey, sameKey } from "./keys.ts";
import { type StoredItem, toStore } from "./storedItem.ts";

/** What a write touches. */
export type WriteRoom = Pick<
  Room,
  "tables" | "sizes" | "budgets" | "changes" | "histories" | "clock" | "ids" | "region"
>;

/** Write units by index. */
export type IndexUnits = ReadonlyMap<string, number>;

/** The item under a key. */
export const readStored = (tables: Tables, table: TableRecord, key: StoredKey): StoredItem | undefined =>
  tables.items(table).get(key);

/** Puts an item in the place of another, with all of its index entries. Call it within `sizes.atomically`. */
export const writeStored = (
  room: WriteRoom,
  table: TableRecord,
  key: StoredKey,
  previous: StoredItem | undefined,
  item: StoredItem,
): IndexUnits => {
  if (item.bytes > MAX_ITEM_BYTES) throw validationError("Item size has exceeded the maximum allowed size");
  if (table.indexes.length > 0) checkIndexKeys(table, item.item);
  room.sizes.changed({ table }, key, previous, item);
  room.tables.items(table).put(key, item);
  return moveEntries(room, table, key, previous, item, "caller");
};

/** Puts an item where a restore wants it. AWS: an index that cannot take it goes without, and the restore goes on. */
export const restoreStored = (
  room: WriteRoom,
  table: TableRecord,
  key: StoredKey,
  previous: StoredItem | undefined,
  item: StoredItem,
): void => {
  if (previous) removeStored(room, table, key, previous);
  const indexes = table.indexes.filter((index) => earlierPlace(table, index, item));
  writeStored(room, { ...table, indexes }, key, undefined, item);
};

/** Removes an item and its index entries. */
export const removeStored = (
  room: WriteRoom,
  table: TableRecord,
  key: StoredKey,
  previous: StoredItem,
  by: ChangedBy = "caller",
): IndexUnits => {
  room.sizes.changed({ table }, key, previous, undefined);
  room.tables.items(table).delete(key);
  return moveEntries(room, table, key, previous, undefined, by);
};

/** Gives an item its place in an index that was added to its table. */
export const fillEntry = (room: WriteRoom, table: TableRecord, index: IndexRecord, item: StoredItem): void => {
  if (earlierPlace(table, index, item)) moveIndexEntry(room, table, index, undefined, item);
};

const NO_UNITS: IndexUnits = new Map();

const moveEntries = (
  room: WriteRoom,
  table: TableRecord,
  key: StoredKey,
  previous: StoredItem | undefined,
  item: StoredItem | undefined,
  by: ChangedBy,
): IndexUnits => {
  if (table.pointInTimeRecovery) room.histories.append(table, { at: room.clock.now(), key, before: previous });
  recordChange(room, table, previous, item, by);
  if (table.ttlAttribute !== undefined) moveExpiry(room.tables, table, key, previous, item);
  if (table.indexes.length === 0) return NO_UNITS;
  const units = new Map<string, number>();
  for (const index of table.indexes) {
    const used = moveIndexEntry(room, table, index, previous, item);
    if (used > 0) units.set(index.name, used);
  }
  return units;
};

/** The write units that following a write costs an index: none when what it holds of the item stays the same. */
const moveIndexEntry = (
  room: WriteRoom,
  table: TableRecord,
  index: IndexRecord,
  previous: StoredItem | undefined,
  item: StoredItem | undefined,
): number => {
  const entries = room.tables.indexItems(table, index);
  const place = { table, index };
  const oldKey = previous && earlierPlace(table, index, previous);
  const newKey = item && indexKey(table, index, item.item);
  const oldEntry = previous && oldKey && projected(table, index, previous);
  const newEntry = item && newKey && projected(table, index, item);
  if (oldKey && newKey && sameKey(oldKey, newKey)) {
    if (!oldEntry || !newEntry || oldEntry.text === newEntry.text) return 0;
    room.sizes.changed(place, newKey, oldEntry, newEntry);
    entries.put(newKey, newEntry);
    return writeUnits(Math.max(oldEntry.bytes, newEntry.bytes));
  }
  let units = 0;
  if (oldKey && oldEntry) {
    room.sizes.changed(place, oldKey, oldEntry, undefined);
    entries.delete(oldKey);
    units += writeUnits(oldEntry.bytes);
  }
  if (newKey && newEntry) {
    room.sizes.changed(place, newKey, undefined, newEntry);
    entries.put(newKey, newEntry);
    units += writeUnits(newEntry.bytes);
  }
  return units;
};

/**
 * Where an item is in an index that it may be older than. AWS: one whose attribute is of another type than the index's key,
 * empty or too long, has no place in it, and stays in the table.
 */
const earlierPlace = (table: TableRecord, index: IndexRecord, { item }: StoredItem): StoredKey | undefined => {
  if (!hasKeyTypes(index, item)) return undefined;
  try {
    return indexKey(table, index, item);
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
};

const hasKeyTypes = (index: IndexRecord, item: Item): boolean =>
  keyAttributes(index.key).every(({ name, type }) => {
    const value = attributeOf(item, name);
    return value !== undefined && Object.hasOwn(value, type);
  });

/** What an index holds of an item. */
const projected = (table: TableRecord, { projection, key }: IndexRecord, stored: StoredItem): StoredItem => {
  if (projection.type === "ALL") return stored;
  const kept = new Set([...keyAttributes(table.key), ...keyAttributes(key)].map(({ name }) => name));
  for (const name of projection.type === "INCLUDE" ? projection.attributes : []) kept.add(name);
  return toStore(
    itemOf(
      [...kept].flatMap((name) => {
        const value = attributeOf(stored.item, name);
        return value === undefined ? [] : [[name, value] as const];
      }),
    ),
  );
};

/** Throws when an update would change the key of the item it is made on. */
export const checkKeyUnchanged = (table: TableRecord, changed: Iterable<string>): void => {
  const names = new Set(keyAttributes(table.key).map(({ name }) => name));
  for (const name of changed) {
    if (names.has(name)) throw invalidParameter(`Cannot update attribute ${name}. This attribute is part of the key`);
  }
};
