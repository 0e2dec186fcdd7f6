import {
  type BatchStatementError,
  type BatchStatementResponse,
  ConditionalCheckFailedException,
} from "@aws-sdk/client-dynamodb";
import { errorCode, errorMessage } from "../../../kernel/errors.ts";
import { type Usage, usagesView } from "../capacity.ts";
import { validationError } from "../errors.ts";
import { itemAnswer } from "../items/answers.ts";
import type { WriteRoom } from "../items/store.ts";
import { runSingleWrite } from "../items/writes.ts";
import type { Statement } from "../partiql/ast.ts";
import { parseStatement } from "../partiql/parse.ts";
import { selectOne } from "../partiql/select.ts";
import { isWrite, returnedBy, tableOf, writeOf } from "../partiql/writes.ts";
import type { TableRecord } from "../records.ts";
import type { Operation } from "../room.ts";
import { readValue } from "../values/readValue.ts";
import { asInsert } from "./executeStatement.ts";

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchExecuteStatement.html */
export const batchExecuteStatement =
  (room: WriteRoom): Operation<"BatchExecuteStatement"> =>
  async (_ctx, input) => {
    const read = input.Statements.map(readOne);
    const kinds = new Set(read.flatMap(({ statement }) => (statement ? [isWrite(statement)] : [])));
    if (kinds.size > 1)
      throw validationError("The batch must consist of either read statements or write statements, not both");
    const done = read.map((one) => runOne(room, one));
    return {
      Responses: done.map(({ response }) => response),
      ...usagesView(
        input.ReturnConsumedCapacity,
        done.flatMap(({ used }) => (used ? [used] : [])),
      ),
    };
  };

type Input = Parameters<ReturnType<typeof batchExecuteStatement>>[1]["Statements"][number];

interface Read {
  readonly input: Input;
  readonly statement?: Statement;
  readonly error?: unknown;
}

/** AWS: a statement that fails, be it for its syntax, fails alone. */
const readOne = (input: Input): Read => {
  try {
    return { input, statement: parseStatement(input.Statement, (input.Parameters ?? []).map(readValue)) };
  } catch (error) {
    return { input, error };
  }
};

interface Done {
  readonly response: BatchStatementResponse;
  readonly used?: { readonly table: TableRecord; readonly usage: Usage };
}

const NOT_ONE_ITEM = "Select statements within BatchExecuteStatement must specify the primary key in the where clause.";

const runOne = (room: WriteRoom, { input, statement, error }: Read): Done => {
  if (!statement) return { response: { Error: errorOf(error) } };
  const TableName = tableOf(statement);
  try {
    if (statement.kind === "exists") throw validationError("EXISTS can only be used within a transaction.");
    if (!isWrite(statement)) {
      const { item, table, usage } = selectOne(room, statement, {
        consistent: input.ConsistentRead ?? false,
        refusal: NOT_ONE_ITEM,
      });
      return { response: { TableName, ...(item ? { Item: itemAnswer(item) } : {}) }, used: { table, usage } };
    }
    const write = writeOf(room, statement);
    const returnsOld = input.ReturnValuesOnConditionCheckFailure === "ALL_OLD";
    const written = asInsert(statement.kind === "insert", () => runSingleWrite(room, write, returnsOld));
    const [item] = returnedBy(statement, written);
    const used = { table: write.table, usage: written.usage };
    return { response: { TableName, ...(item ? { Item: itemAnswer(item) } : {}) }, used };
  } catch (thrown) {
    return { response: { TableName, Error: errorOf(thrown) } };
  }
};

const CODES: Readonly<Record<string, NonNullable<BatchStatementError["Code"]>>> = {
  ValidationException: "ValidationError",
  ConditionalCheckFailedException: "ConditionalCheckFailed",
  DuplicateItemException: "DuplicateItem",
  ItemCollectionSizeLimitExceededException: "ItemCollectionSizeLimitExceeded",
  ResourceNotFoundException: "ResourceNotFound",
  ProvisionedThroughputExceededException: "ProvisionedThroughputExceeded",
  ThrottlingException: "ThrottlingError",
};

/** What is none of AWS's refusals is no answer to one statement, but a bug that fails the call. */
const errorOf = (thrown: unknown): BatchStatementError => {
  const Code = CODES[errorCode(thrown)];
  if (!Code) throw thrown;
  const Item = thrown instanceof ConditionalCheckFailedException ? thrown.Item : undefined;
  return { Code, Message: errorMessage(thrown), ...(Item ? { Item } : {}) };
};
