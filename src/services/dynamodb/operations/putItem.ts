import { listedRefusals } from "../errors.ts";
import { findTable, tableName } from "../find.ts";
import { oneItemAnswer } from "../items/answers.ts";
import { restOf } from "../items/collections.ts";
import { assertConditionStyle, writeCondition } from "../items/expressions.ts";
import type { WriteRoom } from "../items/store.ts";
import { checkItemSize } from "../items/storedItem.ts";
import { checkReturnValues, putOf, runSingleWrite } from "../items/writes.ts";
import type { Operation } from "../room.ts";
import { readItem } from "../values/readValue.ts";

export const putItem =
  (room: WriteRoom): Operation<"PutItem"> =>
  async (_ctx, input) => {
    const { item, condition } = listedRefusals(() => {
      assertConditionStyle(input);
      const given = readItem(input.Item);
      checkReturnValues(input.ReturnValues);
      return { item: given, condition: writeCondition(input) };
    });
    // Where the table is there, the write itself measures the item.
    if (input.Expected || !room.tables.get(tableName(input.TableName))) checkItemSize(item);
    const table = findTable(room, input.TableName);
    const write = putOf(table, item, condition);
    const returnsOld = input.ReturnValuesOnConditionCheckFailure === "ALL_OLD";
    const { before, usage } = runSingleWrite(room, write, returnsOld);
    const old = input.ReturnValues === "ALL_OLD" ? before : undefined;
    return oneItemAnswer("Attributes", old, restOf(room, input, write, usage));
  };
