import { capacityView } from "../capacity.ts";
import { findTable } from "../find.ts";
import { itemAnswer } from "../items/answers.ts";
import { writeCondition } from "../items/expressions.ts";
import { checkReturnValues, putOf, runWrite } from "../items/writes.ts";
import type { Operation, Room } from "../room.ts";
import { readItem } from "../values/readValue.ts";

export const putItem =
  (room: Pick<Room, "tables" | "records">): Operation<"PutItem"> =>
  async (_ctx, input) => {
    checkReturnValues(input.ReturnValues, ["NONE", "ALL_OLD"]);
    const condition = writeCondition(input);
    const item = readItem(input.Item);
    const table = findTable(room, input.TableName);
    const write = putOf(table, item, condition);
    const returnsOld = input.ReturnValuesOnConditionCheckFailure === "ALL_OLD";
    const { before, units } = room.records.atomically(() => runWrite(room, write, returnsOld));
    return {
      ...(input.ReturnValues === "ALL_OLD" && before ? { Attributes: itemAnswer(before) } : {}),
      ...capacityView(input.ReturnConsumedCapacity, table, { write: units }),
    };
  };
