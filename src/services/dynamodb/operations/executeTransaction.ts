import { TRANSACTION_FACTOR, usagesView } from "../capacity.ts";
import { validationError } from "../errors.ts";
import { itemAnswer } from "../items/answers.ts";
import {
  rereadUsages,
  runReads,
  runTransaction,
  type TransactedWrite,
  type TransactionRoom,
} from "../items/transactions.ts";
import type { Select, Statement } from "../partiql/ast.ts";
import { parseStatement } from "../partiql/parse.ts";
import { selectOne } from "../partiql/select.ts";
import { duplicateItem, isWrite, writeOf } from "../partiql/writes.ts";
import type { Operation, Room } from "../room.ts";
import { readValue } from "../values/readValue.ts";

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExecuteTransaction.html */
export const executeTransaction =
  (room: TransactionRoom): Operation<"ExecuteTransaction"> =>
  async (_ctx, input) => {
    const statements = input.TransactStatements.map(({ Statement, Parameters }) =>
      parseStatement(Statement, (Parameters ?? []).map(readValue)),
    );
    const reads = statements.filter((statement) => !isWrite(statement));
    if (reads.length === statements.length) return readAll(room, reads, input.ReturnConsumedCapacity);
    if (reads.length > 0)
      throw validationError("The transaction must consist of either read statements or write statements, not both");
    const writes = statements.map((statement, position) =>
      transactedOf(room, statement, input.TransactStatements[position]?.ReturnValuesOnConditionCheckFailure),
    );
    const request = input.TransactStatements;
    const done = runTransaction(room, writes, { token: input.ClientRequestToken, request });
    const usages = done
      ? usagesView(input.ReturnConsumedCapacity, done, "WriteCapacityUnits")
      : usagesView(input.ReturnConsumedCapacity, rereadUsages(room, writes), "ReadCapacityUnits");
    // AWS: a transaction of writes has an empty list of responses.
    return { Responses: [], ...usages };
  };

const NOT_ONE_ITEM = "Select statements within ExecuteTransaction must specify the primary key in the where clause.";

const READS = { consistent: true, refusal: NOT_ONE_ITEM, factor: TRANSACTION_FACTOR };

const readAll = (room: TransactionRoom, selects: readonly Select[], asked: string | undefined) => {
  const read = runReads(selects.map((statement) => () => selectOne(room, statement, READS)));
  return {
    Responses: read.map(({ item }) => (item ? { Item: itemAnswer(item) } : {})),
    ...usagesView(asked, read, "ReadCapacityUnits"),
  };
};

const transactedOf = (
  room: Pick<Room, "tables">,
  statement: Statement,
  onFailure: string | undefined,
): TransactedWrite => {
  if (!isWrite(statement)) throw validationError("A read stands among writes");
  if (statement.kind !== "insert" && statement.kind !== "exists" && statement.returning)
    throw validationError("RETURNING can not be used within a transaction.");
  const write = writeOf(room, statement);
  const returnsOld = onFailure === "ALL_OLD";
  if (statement.kind !== "insert") return { write, returnsOld };
  return { write, returnsOld, failure: { code: "DuplicateItem", message: duplicateItem().message } };
};
