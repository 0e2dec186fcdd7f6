import { capacityView, readUnits } from "../capacity.ts";
import { prepareExpressions } from "../expressions/prepare.ts";
import { project } from "../expressions/project.ts";
import { findTable } from "../find.ts";
import { oneItemAnswer } from "../items/answers.ts";
import { checkAttributesToGet, onlyExpressions, readProjection } from "../items/expressions.ts";
import { assertScalarKeys } from "../items/keyPaths.ts";
import { keyFromParameter } from "../items/keys.ts";
import { readStored } from "../items/store.ts";
import { toStore } from "../items/storedItem.ts";
import { assertOneStyle } from "../legacy/exclusive.ts";
import type { Operation, Room } from "../room.ts";
import { readItem } from "../values/readValue.ts";

export const getItem =
  (room: Pick<Room, "tables" | "budgets">): Operation<"GetItem"> =>
  async (_ctx, input) => {
    assertOneStyle(input, { expressions: ["ProjectionExpression"], legacy: ["AttributesToGet"] });
    const key = readItem(input.Key);
    checkAttributesToGet(input.AttributesToGet);
    const { projection } = prepareExpressions(onlyExpressions(input));
    const table = findTable(room, input.TableName);
    if (projection) assertScalarKeys(table, projection);
    const stored = readStored(room.tables, table, keyFromParameter(table, key));
    const kept = readProjection(projection, input.AttributesToGet);
    const units = readUnits(stored?.bytes ?? 0, input.ConsistentRead ?? false);
    if (table.isThrottled) room.budgets.spend(table, "read", { table: units });
    const shown = stored && kept ? toStore(project(stored.item, kept)) : stored;
    return oneItemAnswer(
      "Item",
      shown,
      capacityView(input.ReturnConsumedCapacity, table, { table: units }, input.TableName),
    );
  };
