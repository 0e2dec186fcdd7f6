import { capacityView } from "../capacity.ts";
import { findTable } from "../find.ts";
import { itemAnswer } from "../items/answers.ts";
import { writeCondition } from "../items/expressions.ts";
import { checkReturnValues, deleteOf, runWrite } from "../items/writes.ts";
import type { Operation, Room } from "../room.ts";
import { readItem } from "../values/readValue.ts";

export const deleteItem =
  (room: Pick<Room, "tables" | "records">): Operation<"DeleteItem"> =>
  async (_ctx, input) => {
    checkReturnValues(input.ReturnValues, ["NONE", "ALL_OLD"]);
    const condition = writeCondition(input);
    const key = readItem(input.Key);
    const table = findTable(room, input.TableName);
    const write = deleteOf(table, key, condition);
    const returnsOld = input.ReturnValuesOnConditionCheckFailure === "ALL_OLD";
    const { before, units } = room.records.atomically(() => runWrite(room, write, returnsOld));
    return {
      ...(input.ReturnValues === "ALL_OLD" && before ? { Attributes: itemAnswer(before) } : {}),
      ...capacityView(input.ReturnConsumedCapacity, table, { write: units }),
    };
  };
