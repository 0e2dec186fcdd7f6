import { writeUnits } from "../capacity.ts";
import { conditionFailed, invalidParameter } from "../errors.ts";
import { applyUpdate, createsItem } from "../expressions/applyUpdate.ts";
import type { Condition, Update } from "../expressions/ast.ts";
import { satisfies } from "../expressions/evaluateCondition.ts";
import type { TableRecord } from "../records.ts";
import type { Room } from "../room.ts";
import type { Item } from "../values/attributeValue.ts";
import { itemSize } from "../values/size.ts";
import { keyFromItem, keyFromParameter, type StoredKey } from "./keys.ts";
import { checkKeyUnchanged, readStored, removeStored, writeStored } from "./store.ts";

/** One write of one item, checked and ready to run. */
export type ItemWrite =
  | {
      readonly kind: "put";
      readonly table: TableRecord;
      readonly key: StoredKey;
      readonly item: Item;
      readonly condition: Condition | undefined;
    }
  | {
      readonly kind: "delete";
      readonly table: TableRecord;
      readonly key: StoredKey;
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
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  readonly units: number;
}

export const putOf = (table: TableRecord, item: Item, condition: Condition | undefined): ItemWrite => ({
  kind: "put",
  table,
  key: keyFromItem(table, item),
  item,
  condition,
});

export const deleteOf = (table: TableRecord, key: Item, condition: Condition | undefined): ItemWrite => ({
  kind: "delete",
  table,
  key: keyFromParameter(table, key),
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
  return { kind: "update", table, key, keyItem, update, condition };
};

/** Runs a write, with its condition, on the item as it stands. Throws ConditionalCheckFailedException. */
export const runWrite = ({ tables }: Pick<Room, "tables">, write: ItemWrite, returnsOld: boolean): WrittenItem => {
  const before = readStored(tables, write.table, write.key);
  if (write.condition && !satisfies(before ?? {}, write.condition))
    throw conditionFailed(returnsOld ? before : undefined);
  const after = appliedTo(write, before);
  if (write.kind === "check") return { before, after: before, units: unitsOf(before, undefined) };
  if (after) writeStored(tables, write.table, write.key, before, after);
  else if (before) removeStored(tables, write.table, write.key, before);
  return { before, after, units: unitsOf(before, after) };
};

const unitsOf = (before: Item | undefined, after: Item | undefined): number =>
  writeUnits(Math.max(before ? itemSize(before) : 0, after ? itemSize(after) : 0));

const appliedTo = (write: ItemWrite, before: Item | undefined): Item | undefined => {
  switch (write.kind) {
    case "put":
      return write.item;
    case "delete":
      return undefined;
    case "check":
      return before;
    case "update":
      if (before) return applyUpdate(write.update, before);
      return createsItem(write.update) ? applyUpdate(write.update, write.keyItem, true) : undefined;
  }
};

/** Throws when a request asks for a return value that its operation does not have. */
export const checkReturnValues = (given: string | undefined, allowed: readonly string[]): void => {
  if (given !== undefined && !allowed.includes(given)) throw invalidParameter("Return values set to invalid value");
};
