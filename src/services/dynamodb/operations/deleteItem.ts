import { listedRefusals } from "../errors.ts";
import { findTable } from "../find.ts";
import { oneItemAnswer } from "../items/answers.ts";
import { restOf } from "../items/collections.ts";
import { assertConditionStyle, writeCondition } from "../items/expressions.ts";
import type { WriteRoom } from "../items/store.ts";
import { checkReturnValues, deleteOf, runSingleWrite } from "../items/writes.ts";
import type { Operation } from "../room.ts";
import { readItem } from "../values/readValue.ts";

export const deleteItem =
  (room: WriteRoom): Operation<"DeleteItem"> =>
  async (_ctx, input) => {
    const { key, condition } = listedRefusals(() => {
      assertConditionStyle(input);
      const given = readItem(input.Key);
      checkReturnValues(input.ReturnValues);
      return { key: given, condition: writeCondition(input) };
    });
    const table = findTable(room, input.TableName);
    const write = deleteOf(table, key, condition);
    const returnsOld = input.ReturnValuesOnConditionCheckFailure === "ALL_OLD";
    const { before, usage } = runSingleWrite(room, write, returnsOld);
    const old = input.ReturnValues === "ALL_OLD" ? before : undefined;
    return oneItemAnswer("Attributes", old, restOf(room, input, write, usage));
  };
