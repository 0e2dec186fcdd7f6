import { validationError } from "../errors.ts";
import { prepareExpressions } from "../expressions/prepare.ts";
import { project } from "../expressions/project.ts";
import { findTable } from "../find.ts";
import { itemAnswer } from "../items/answers.ts";
import { onlyExpressions, readProjection } from "../items/expressions.ts";
import { keyFromParameter } from "../items/keys.ts";
import { readStored } from "../items/store.ts";
import { MAX_TRANSACTION_ITEMS } from "../limits.ts";
import type { Operation, Room } from "../room.ts";
import { readItem } from "../values/readValue.ts";

export const transactGetItems =
  (room: Pick<Room, "tables">): Operation<"TransactGetItems"> =>
  async (_ctx, input) => {
    if (input.TransactItems.length > MAX_TRANSACTION_ITEMS) {
      throw validationError("Member must have length less than or equal to 100");
    }
    const Responses = input.TransactItems.map(({ Get }) => {
      const kept = readProjection(prepareExpressions(onlyExpressions(Get)).projection, undefined);
      const table = findTable(room, Get.TableName);
      const item = readStored(room.tables, table, keyFromParameter(table, readItem(Get.Key)));
      return item ? { Item: itemAnswer(kept ? project(item, kept) : item) } : {};
    });
    return { Responses };
  };
