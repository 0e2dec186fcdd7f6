import { usagesView } from "../capacity.ts";
import { validationError } from "../errors.ts";
import { prepareExpressions } from "../expressions/prepare.ts";
import { findTable } from "../find.ts";
import { collectionsMetrics } from "../items/collections.ts";
import { onlyExpressions } from "../items/expressions.ts";
import { keyFromParameter } from "../items/keys.ts";
import { rereadUsages, runTransaction, type TransactedWrite, type TransactionRoom } from "../items/transactions.ts";
import { deleteOf, putOf, updateOf } from "../items/writes.ts";
import { MAX_TRANSACTION_ITEMS } from "../limits.ts";
import type { Operation, Room } from "../room.ts";
import { readItem } from "../values/readValue.ts";

export const transactWriteItems =
  (room: TransactionRoom): Operation<"TransactWriteItems"> =>
  async (_ctx, input) => {
    if (input.TransactItems.length > MAX_TRANSACTION_ITEMS) {
      throw validationError("Member must have length less than or equal to 100");
    }
    const writes = input.TransactItems.map((item) => readAction(room, item));
    const done = runTransaction(room, writes, { token: input.ClientRequestToken, request: input.TransactItems });
    if (!done) return usagesView(input.ReturnConsumedCapacity, rereadUsages(room, writes), "ReadCapacityUnits");
    const changing = writes.map(({ write }) => write).filter(({ kind }) => kind !== "check");
    return {
      ...collectionsMetrics(room, input.ReturnItemCollectionMetrics, changing),
      ...usagesView(input.ReturnConsumedCapacity, done, "WriteCapacityUnits"),
    };
  };

type TransactItem = Parameters<ReturnType<typeof transactWriteItems>>[1]["TransactItems"][number];

const readAction = (
  room: Pick<Room, "tables">,
  { Put, Delete, Update, ConditionCheck }: TransactItem,
): TransactedWrite => {
  const given = [Put, Delete, Update, ConditionCheck].filter((each) => each !== undefined);
  const [action] = given;
  if (given.length !== 1 || !action) {
    throw validationError("TransactItems can only contain one of Check, Put, Update or Delete");
  }
  const { condition, update } = prepareExpressions(onlyExpressions(action), "named");
  const table = findTable(room, action.TableName);
  const returnsOld = action.ReturnValuesOnConditionCheckFailure === "ALL_OLD";
  if (Put) return { write: putOf(table, readItem(Put.Item), condition), returnsOld };
  if (Delete) return { write: deleteOf(table, readItem(Delete.Key), condition), returnsOld };
  if (Update)
    return {
      write: updateOf(table, readItem(Update.Key), update ?? { actions: [], mismatch: "" }, condition),
      returnsOld,
    };
  const key = ConditionCheck ? keyFromParameter(table, readItem(ConditionCheck.Key)) : [];
  if (!condition) throw validationError("ConditionExpression must be specified for ConditionCheck");
  return { write: { kind: "check", table, key, condition }, returnsOld };
};
