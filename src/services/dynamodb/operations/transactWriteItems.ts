import { usagesView } from "../capacity.ts";
import { validationError } from "../errors.ts";
import { prepareExpressions } from "../expressions/prepare.ts";
import { findTable } from "../find.ts";
import { collectionsMetrics } from "../items/collections.ts";
import { onlyExpressions } from "../items/expressions.ts";
import { checkKeyFilled, keyFromParameter } from "../items/keys.ts";
import {
  fitted,
  rereadUsages,
  runTransaction,
  type TransactedWrite,
  type TransactionRoom,
} from "../items/transactions.ts";
import { deleteOf, putOf, updateOf } from "../items/writes.ts";
import type { Operation, Room } from "../room.ts";
import { readItem } from "../values/readValue.ts";

export const transactWriteItems =
  (room: TransactionRoom): Operation<"TransactWriteItems"> =>
  async (_ctx, input) => {
    const writes = fitted(input.TransactItems.map((item) => readAction(room, item)));
    const done = runTransaction(room, writes, { token: input.ClientRequestToken, request: input.TransactItems });
    if (!done) return usagesView(input.ReturnConsumedCapacity, rereadUsages(room, writes), "ReadCapacityUnits");
    const changing = writes.map(({ write }) => write).filter(({ kind }) => kind !== "check");
    return {
      ...collectionsMetrics(room, input.ReturnItemCollectionMetrics, changing),
      ...usagesView(input.ReturnConsumedCapacity, done, "WriteCapacityUnits"),
    };
  };

type TransactItem = Parameters<ReturnType<typeof transactWriteItems>>[1]["TransactItems"][number];

/** What is checked before any of the actions is held against its table; what is left to do then is given back. */
const readAction = (
  room: Pick<Room, "tables">,
  { Put, Delete, Update, ConditionCheck }: TransactItem,
): (() => TransactedWrite) => {
  const given = [Put, Delete, Update, ConditionCheck].filter((each) => each !== undefined);
  const [action] = given;
  if (given.length !== 1 || !action) {
    throw validationError("TransactItems can only contain one of Check, Put, Update or Delete");
  }
  const { condition, update } = prepareExpressions(onlyExpressions(action), "named");
  const table = findTable(room, action.TableName);
  const item = readItem("Item" in action ? action.Item : action.Key);
  // AWS: an empty key is refused as it is, where another one that does not fit cancels.
  checkKeyFilled(table, item);
  const returnsOld = action.ReturnValuesOnConditionCheckFailure === "ALL_OLD";
  if (Put) return () => ({ write: putOf(table, item, condition), returnsOld });
  if (Delete) return () => ({ write: deleteOf(table, item, condition), returnsOld });
  if (Update)
    return () => ({ write: updateOf(table, item, update ?? { actions: [], mismatch: "" }, condition), returnsOld });
  if (!condition) throw validationError("ConditionExpression must be specified for ConditionCheck");
  return () => ({ write: { kind: "check", table, key: keyFromParameter(table, item), condition }, returnsOld });
};
