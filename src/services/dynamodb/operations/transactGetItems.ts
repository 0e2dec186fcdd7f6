import { readUnits, TRANSACTION_FACTOR, totalUsage, usagesView } from "../capacity.ts";
import { prepareExpressions } from "../expressions/prepare.ts";
import { project } from "../expressions/project.ts";
import { findTable } from "../find.ts";
import { itemAnswer } from "../items/answers.ts";
import { onlyExpressions, readProjection } from "../items/expressions.ts";
import { keyFromParameter, type StoredKey } from "../items/keys.ts";
import { readStored } from "../items/store.ts";
import { checkDistinct, fitted, runReads } from "../items/transactions.ts";
import type { TableRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { readItem } from "../values/readValue.ts";

export const transactGetItems =
  (room: Pick<Room, "tables" | "budgets">): Operation<"TransactGetItems"> =>
  async (_ctx, input) => {
    const asked = input.TransactItems.map(({ Get }) => ({
      name: Get.TableName,
      key: readItem(Get.Key),
      kept: readProjection(prepareExpressions(onlyExpressions(Get)).projection, undefined),
    }));
    const gets = asked.map(({ name, key }) => ({ name, table: findTable(room, name), key }));
    const keys = fitted(
      gets.map(({ name, table, key }) => () => ({ name, table, key: keyFromParameter(table, key) })),
    );
    checkDistinct(keys);
    const read = runReads(
      keys.map(({ name, table, key }) => () => ({ name, ...readOne(room, table, key) })),
    );
    const Responses = read.map(({ stored }, position) => {
      const kept = asked[position]?.kept;
      return stored ? { Item: itemAnswer(kept ? project(stored.item, kept) : stored.item) } : {};
    });
    return { Responses, ...usagesView(input.ReturnConsumedCapacity, read, "ReadCapacityUnits") };
  };

const readOne = ({ tables, budgets }: Pick<Room, "tables" | "budgets">, table: TableRecord, key: StoredKey) => {
  const stored = readStored(tables, table, key);
  const bytes = stored?.bytes ?? 0;
  const usage = { table: readUnits(bytes, true) };
  if (table.isThrottled) budgets.spend(table, "read", totalUsage([usage], TRANSACTION_FACTOR));
  return { table, stored, bytes, usage };
};
