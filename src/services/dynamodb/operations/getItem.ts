import { capacityView, readUnits } from "../capacity.ts";
import { prepareExpressions } from "../expressions/prepare.ts";
import { project } from "../expressions/project.ts";
import { findTable } from "../find.ts";
import { itemAnswer } from "../items/answers.ts";
import { onlyExpressions, readProjection } from "../items/expressions.ts";
import { keyFromParameter } from "../items/keys.ts";
import { readStored } from "../items/store.ts";
import { assertOneStyle } from "../legacy/exclusive.ts";
import type { Operation, Room } from "../room.ts";
import { readItem } from "../values/readValue.ts";
import { itemSize } from "../values/size.ts";

export const getItem =
  (room: Pick<Room, "tables">): Operation<"GetItem"> =>
  async (_ctx, input) => {
    assertOneStyle(input, { expressions: ["ProjectionExpression"], legacy: ["AttributesToGet"] });
    const key = readItem(input.Key);
    const { projection } = prepareExpressions(onlyExpressions(input));
    const table = findTable(room, input.TableName);
    const item = readStored(room.tables, table, keyFromParameter(table, key));
    const kept = readProjection(projection, input.AttributesToGet);
    const units = readUnits(item ? itemSize(item) : 0, input.ConsistentRead ?? false);
    return {
      ...(item ? { Item: itemAnswer(kept ? project(item, kept) : item) } : {}),
      ...capacityView(input.ReturnConsumedCapacity, table, { read: units }),
    };
  };
