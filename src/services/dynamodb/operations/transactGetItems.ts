import { readUnits, type Usage, usagesView } from "../capacity.ts";
import { validationError } from "../errors.ts";
import { prepareExpressions } from "../expressions/prepare.ts";
import { project } from "../expressions/project.ts";
import { findTable } from "../find.ts";
import { itemAnswer } from "../items/answers.ts";
import { onlyExpressions, readProjection } from "../items/expressions.ts";
import { keyFromParameter } from "../items/keys.ts";
import { readStored } from "../items/store.ts";
import { MAX_TRANSACTION_ITEMS } from "../limits.ts";
import type { TableRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { readItem } from "../values/readValue.ts";

export const transactGetItems =
  (room: Pick<Room, "tables">): Operation<"TransactGetItems"> =>
  async (_ctx, input) => {
    if (input.TransactItems.length > MAX_TRANSACTION_ITEMS) {
      throw validationError("Member must have length less than or equal to 100");
    }
    const used: { readonly table: TableRecord; readonly usage: Usage }[] = [];
    const Responses = input.TransactItems.map(({ Get }) => {
      const kept = readProjection(prepareExpressions(onlyExpressions(Get)).projection, undefined);
      const table = findTable(room, Get.TableName);
      const stored = readStored(room.tables, table, keyFromParameter(table, readItem(Get.Key)));
      used.push({ table, usage: { table: readUnits(stored?.bytes ?? 0, true) } });
      return stored ? { Item: itemAnswer(kept ? project(stored.item, kept) : stored.item) } : {};
    });
    return { Responses, ...usagesView(input.ReturnConsumedCapacity, used, "ReadCapacityUnits") };
  };
