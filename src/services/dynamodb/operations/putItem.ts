import { findTable, tableName } from "../find.ts";
import { oneItemAnswer } from "../items/answers.ts";
import { restOf } from "../items/collections.ts";
import { writeCondition } from "../items/expressions.ts";
import type { WriteRoom } from "../items/store.ts";
import { checkItemSize } from "../items/storedItem.ts";
import { checkReturnValues, putOf, runSingleWrite } from "../items/writes.ts";
import type { Operation } from "../room.ts";
import { readItem } from "../values/readValue.ts";

export const putItem =
  (room: WriteRoom): Operation<"PutItem"> =>
  async (_ctx, input) => {
    checkReturnValues(input.ReturnValues, ["NONE", "ALL_OLD"]);
    const condition = writeCondition(input);
    const item = readItem(input.Item);
    if (!room.tables.get(tableName(input.TableName))) checkItemSize(item);
    const table = findTable(room, input.TableName);
    const write = putOf(table, item, condition);
    const returnsOld = input.ReturnValuesOnConditionCheckFailure === "ALL_OLD";
    const { before, usage } = runSingleWrite(room, write, returnsOld);
    const old = input.ReturnValues === "ALL_OLD" ? before : undefined;
    return oneItemAnswer("Attributes", old, restOf(room, input, write, usage));
  };
