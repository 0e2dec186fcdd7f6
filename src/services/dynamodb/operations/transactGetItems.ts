import { AwsError } from "../../../kernel/errors.ts";
import { readUnits, TRANSACTION_FACTOR, totalUsage, usagesView } from "../capacity.ts";
import { validationError } from "../errors.ts";
import { prepareExpressions } from "../expressions/prepare.ts";
import { project } from "../expressions/project.ts";
import { findTable } from "../find.ts";
import { itemAnswer } from "../items/answers.ts";
import { onlyExpressions, readProjection } from "../items/expressions.ts";
import { keyFromParameter, type StoredKey } from "../items/keys.ts";
import { readStored } from "../items/store.ts";
import { canceled, checkDistinct, type Reason, runReads } from "../items/transactions.ts";
import { MAX_TRANSACTION_ITEMS } from "../limits.ts";
import type { TableRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import type { Item } from "../values/attributeValue.ts";
import { readItem } from "../values/readValue.ts";

export const transactGetItems =
  (room: Pick<Room, "tables" | "budgets">): Operation<"TransactGetItems"> =>
  async (_ctx, input) => {
    if (input.TransactItems.length > MAX_TRANSACTION_ITEMS) {
      throw validationError("Member must have length less than or equal to 100");
    }
    const asked = input.TransactItems.map(({ Get }) => ({
      name: Get.TableName,
      key: readItem(Get.Key),
      kept: readProjection(prepareExpressions(onlyExpressions(Get)).projection, undefined),
    }));
    const keys = keysOf(asked.map(({ name, key }) => ({ name, table: findTable(room, name), key })));
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

/** AWS: a key that does not fit its table is a reason to cancel; a key that comes twice is refused. */
const keysOf = (gets: readonly { readonly name: string; readonly table: TableRecord; readonly key: Item }[]) => {
  const tried = gets.map(({ name, table, key }) => ({ name, ...tryKey(table, key) }));
  const keys = tried.flatMap(({ name, table, key }) => (key ? [{ name, table, key }] : []));
  if (keys.length < gets.length) throw canceled(tried.map(({ reason }) => reason));
  checkDistinct(keys);
  return keys;
};

const tryKey = (table: TableRecord, key: Item): { table: TableRecord; key?: StoredKey; reason: Reason } => {
  try {
    return { table, key: keyFromParameter(table, key), reason: { Code: "None" } };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { table, reason: { Code: "ValidationError", Message: error.message } };
  }
};
