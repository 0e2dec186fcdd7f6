import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { totalUsage, type Usage, writeUnits } from "../capacity.ts";
import { validationError } from "../errors.ts";
import { applyUpdate, createsItem } from "../expressions/applyUpdate.ts";
import type { Condition, Update } from "../expressions/ast.ts";
import { satisfies } from "../expressions/evaluateCondition.ts";
import { pathsOfAction } from "../expressions/pathsIn.ts";
import { MAX_ITEM_BYTES } from "../limits.ts";
import type { TableRecord } from "../records.ts";
import { attributeOf, type Item, itemOf, typeOf } from "../values/attributeValue.ts";
import { checkCollection } from "./collectionSize.ts";
import { conditionFailed } from "./conditionFailed.ts";
import { assertScalarKeys } from "./keyPaths.ts";
import { checkIndexKeys, keyAttributes, keyFromItem, keyFromParameter, type StoredKey } from "./keys.ts";
import { checkKeyUnchanged, readStored, removeStored, type WriteRoom, writeStored } from "./store.ts";
import { type StoredItem, toStore } from "./storedItem.ts";

/** One write of one item, checked and ready to run. */
export type ItemWrite =
  | {
      readonly kind: "put";
      readonly table: TableRecord;
      readonly key: StoredKey;
      /** Holds the key's attributes, among others. */
      readonly keyItem: Item;
      readonly item: Item;
      readonly condition: Condition | undefined;
    }
  | {
      readonly kind: "delete";
      readonly table: TableRecord;
      readonly key: StoredKey;
      readonly keyItem: Item;
      readonly condition: Condition | undefined;
    }
  | {
      readonly kind: "update";
      readonly table: TableRecord;
      readonly key: StoredKey;
      readonly keyItem: Item;
      readonly update: Update;
      readonly condition: Condition | undefined;
    }
  | { readonly kind: "check"; readonly table: TableRecord; readonly key: StoredKey; readonly condition: Condition };

/** An item before and after its write. */
export interface WrittenItem {
  readonly before: StoredItem | undefined;
  readonly after: StoredItem | undefined;
  readonly usage: Usage;
}

export const putOf = (table: TableRecord, item: Item, condition: Condition | undefined): ItemWrite => ({
  kind: "put",
  table,
  key: keyFromItem(table, item),
  keyItem: item,
  item,
  condition,
});

export const deleteOf = (table: TableRecord, key: Item, condition: Condition | undefined): ItemWrite => ({
  kind: "delete",
  table,
  key: keyFromParameter(table, key),
  keyItem: key,
  condition,
});

export const updateOf = (
  table: TableRecord,
  keyItem: Item,
  update: Update,
  condition: Condition | undefined,
): ItemWrite => {
  const key = keyFromParameter(table, keyItem);
  checkKeyUnchanged(
    table,
    update.actions.map((action) => action.path[0]),
  );
  if (table.indexes.length > 0) checkIndexedValues(table, update);
  assertScalarKeys(table, update.actions.flatMap(pathsOfAction));
  return { kind: "update", table, key, keyItem, update, condition };
};

/** AWS: a value that an index cannot take is refused before the item is looked at. */
const checkIndexedValues = (table: TableRecord, { actions }: Update): void => {
  for (const action of actions) {
    if (action.kind === "remove" || action.path.length > 1) continue;
    const value = action.kind !== "set" ? action.value : action.value.kind === "value" ? action.value.value : undefined;
    if (value !== undefined) checkIndexKeys(table, itemOf([[action.path[0], value]]), "update");
  }
};

/** Throws when an update made an item too large, or an index's key what no index can hold. */
const checkUpdated = (table: TableRecord, { bytes, item }: StoredItem): void => {
  if (bytes > MAX_ITEM_BYTES) throw validationError("Item size to update has exceeded the maximum allowed size");
  for (const { name, type } of table.indexes.flatMap(({ key }) => keyAttributes(key))) {
    const value = attributeOf(item, name);
    if (value !== undefined && typeOf(value) !== type)
      throw validationError("The update expression attempted to update the secondary index key to unsupported type");
  }
};

/** Runs a write, with its condition, on the item as it stands. Throws ConditionalCheckFailedException. */
export const runWrite = (room: WriteRoom, write: ItemWrite, returnsOld: boolean): WrittenItem => {
  const { table, key } = write;
  const before = readStored(room.tables, table, key);
  if (write.condition && !satisfies(before?.item ?? {}, write.condition))
    throw conditionFailed(returnsOld ? before?.item : undefined);
  const after = write.kind === "check" ? before : appliedTo(write, before);
  if (write.kind === "update" && after) checkUpdated(table, after);
  if (write.kind === "check") return { before, after, usage: { table: writeUnits(before?.bytes ?? 0) } };
  const indexes = after
    ? writeStored(room, table, key, before, after)
    : before && removeStored(room, table, key, before);
  if (indexes && after && after.bytes > (before?.bytes ?? 0)) checkCollection(room, table, after.item);
  const units = writeUnits(Math.max(before?.bytes ?? 0, after?.bytes ?? 0));
  return { before, after, usage: indexes ? { table: units, indexes } : { table: units } };
};

/**
 * The same as one write of its own, taken back whole when it fails. On a table without indexes, stream, time to live
 * and recovery it is one statement of the store, after which nothing can fail: a savepoint would cost as much as the write itself.
 */
export const runSingleWrite = (room: WriteRoom, write: ItemWrite, returnsOld: boolean): WrittenItem => {
  const { indexes, stream, ttlAttribute, pointInTimeRecovery, isThrottled } = write.table;
  const isPlain =
    indexes.length === 0 &&
    stream === undefined &&
    ttlAttribute === undefined &&
    !pointInTimeRecovery &&
    isThrottled === undefined;
  return isPlain
    ? runWrite(room, write, returnsOld)
    : room.sizes.atomically(() => runBudgetedWrite(room, write, returnsOld));
};

/** The same held against what the table may use. Call it within `sizes.atomically`: it throws once the write is done. */
export const runBudgetedWrite = (room: WriteRoom, write: ItemWrite, returnsOld: boolean, factor = 1): WrittenItem => {
  const { table, key } = write;
  if (!table.isThrottled) return runWrite(room, write, returnsOld);
  try {
    const written = runWrite(room, write, returnsOld);
    room.budgets.spend(table, "write", totalUsage([written.usage], factor));
    return written;
  } catch (error) {
    // AWS: what a condition forbids to write costs what is there.
    if (error instanceof ConditionalCheckFailedException)
      room.budgets.spend(table, "write", {
        table: writeUnits(readStored(room.tables, table, key)?.bytes ?? 0) * factor,
      });
    throw error;
  }
};

const appliedTo = (
  write: Exclude<ItemWrite, { readonly kind: "check" }>,
  before: StoredItem | undefined,
): StoredItem | undefined => {
  switch (write.kind) {
    case "put":
      return toStore(write.item);
    case "delete":
      return undefined;
    case "update":
      if (before) return toStore(applyUpdate(write.update, before.item));
      return createsItem(write.update) ? toStore(applyUpdate(write.update, write.keyItem, true)) : undefined;
  }
};

/** Throws when a put or a delete asks for a return value that only updates have. */
export const checkReturnValues = (given: string | undefined): void => {
  if (given !== undefined && given !== "NONE" && given !== "ALL_OLD")
    throw validationError("ReturnValues can only be ALL_OLD or NONE");
};
