import { invalidParameter, validationError } from "../errors.ts";
import { MAX_ITEM_BYTES } from "../limits.ts";
import type { IndexRecord, TableRecord, Tables } from "../records.ts";
import { attributeOf, type Item, itemOf } from "../values/attributeValue.ts";
import { itemSize } from "../values/size.ts";
import { checkIndexKeys, indexKey, keyAttributes, type StoredKey } from "./keys.ts";

/** The item under a key. */
export const readStored = (tables: Tables, table: TableRecord, key: StoredKey): Item | undefined => {
  const text = tables.items(table).get(key);
  return text === undefined ? undefined : parseItem(text);
};

export const parseItem = (text: string): Item => JSON.parse(text);

/** Puts an item in the place of another, with all of its index entries. Call it within `records.atomically`. */
export const writeStored = (
  tables: Tables,
  table: TableRecord,
  key: StoredKey,
  previous: Item | undefined,
  item: Item,
): void => {
  checkIndexKeys(table, item);
  if (itemSize(item) > MAX_ITEM_BYTES) throw validationError("Item size has exceeded the maximum allowed size");
  tables.items(table).put(key, JSON.stringify(item));
  for (const index of table.indexes) moveIndexEntry(tables, table, index, previous, item);
};

/** Removes an item and its index entries. */
export const removeStored = (tables: Tables, table: TableRecord, key: StoredKey, previous: Item): void => {
  tables.items(table).delete(key);
  for (const index of table.indexes) moveIndexEntry(tables, table, index, previous, undefined);
};

/** Fills an index that was added to a table with items. */
export const backfillIndex = (tables: Tables, table: TableRecord, index: IndexRecord): void => {
  for (const { value } of tables.items(table).range())
    moveIndexEntry(tables, table, index, undefined, parseItem(value));
};

const moveIndexEntry = (
  tables: Tables,
  table: TableRecord,
  index: IndexRecord,
  previous: Item | undefined,
  item: Item | undefined,
): void => {
  const entries = tables.indexItems(table, index);
  const before = previous && indexKey(table, index, previous);
  const after = item && indexKey(table, index, item);
  if (before && !(after && sameKey(before, after))) entries.delete(before);
  if (item && after) entries.put(after, JSON.stringify(projected(table, index, item)));
};

const sameKey = (a: StoredKey, b: StoredKey): boolean =>
  a.length === b.length &&
  a.every((part, position) => Buffer.compare(part, b[position] ?? part) === 0 && b[position] !== undefined);

/** The attributes that an index holds of an item. */
export const projected = (table: TableRecord, { projection, key }: IndexRecord, item: Item): Item => {
  if (projection.type === "ALL") return item;
  const kept = new Set([...keyAttributes(table.key), ...keyAttributes(key)].map(({ name }) => name));
  for (const name of projection.type === "INCLUDE" ? projection.attributes : []) kept.add(name);
  return itemOf(
    [...kept].flatMap((name) => {
      const value = attributeOf(item, name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
};

/** Throws when an update would change the key of the item it is made on. */
export const checkKeyUnchanged = (table: TableRecord, changed: Iterable<string>): void => {
  const names = new Set(keyAttributes(table.key).map(({ name }) => name));
  for (const name of changed) {
    if (names.has(name)) throw invalidParameter(`Cannot update attribute ${name}. This attribute is part of the key`);
  }
};
