import { createHash } from "node:crypto";
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  IdempotentParameterMismatchException,
  TransactionCanceledException,
} from "@aws-sdk/client-dynamodb";
import { AwsError } from "../../../kernel/errors.ts";
import { type Usage, usagesView } from "../capacity.ts";
import { validationError } from "../errors.ts";
import { prepareExpressions } from "../expressions/prepare.ts";
import { findTable } from "../find.ts";
import { onlyExpressions } from "../items/expressions.ts";
import { keyFromParameter, keyText } from "../items/keys.ts";
import type { WriteRoom } from "../items/store.ts";
import { checkMetrics, deleteOf, type ItemWrite, putOf, runWrite, updateOf } from "../items/writes.ts";
import { MAX_TRANSACTION_BYTES, MAX_TRANSACTION_ITEMS, TRANSACTION_TOKEN_MS } from "../limits.ts";
import type { TableRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { readItem } from "../values/readValue.ts";
import { itemSize } from "../values/size.ts";

export const transactWriteItems =
  (room: WriteRoom & Pick<Room, "transactions">): Operation<"TransactWriteItems"> =>
  async (_ctx, input) => {
    if (input.TransactItems.length > MAX_TRANSACTION_ITEMS) {
      throw validationError("Member must have length less than or equal to 100");
    }
    const prepared = input.TransactItems.map((item) => readAction(room, item));
    checkDistinct(prepared.map(({ write }) => write));
    checkSize(prepared.map(({ write }) => write));
    for (const { write } of prepared) checkMetrics(input.ReturnItemCollectionMetrics, write.table);
    if (isAnswered(room, input)) return {};
    const used = room.sizes.atomically(() => {
      const tried = prepared.map((action) => tryWrite(room, action));
      if (tried.some(({ reason }) => reason.Code !== "None")) throw canceled(tried.map(({ reason }) => reason));
      if (input.ClientRequestToken)
        room.transactions.put(input.ClientRequestToken, { digest: digestOf(input), at: room.clock.now() });
      return tried.flatMap(({ table, usage }) => (usage ? [{ table, usage }] : []));
    });
    return usagesView(input.ReturnConsumedCapacity, used, "WriteCapacityUnits");
  };

type Input = Parameters<ReturnType<typeof transactWriteItems>>[1];
type TransactItem = Input["TransactItems"][number];

interface Action {
  readonly write: ItemWrite;
  readonly returnsOld: boolean;
}

const readAction = (room: Pick<Room, "tables">, { Put, Delete, Update, ConditionCheck }: TransactItem): Action => {
  const given = [Put, Delete, Update, ConditionCheck].filter((each) => each !== undefined);
  const [action] = given;
  if (given.length !== 1 || !action) {
    throw validationError("TransactItems can only contain one of Check, Put, Update or Delete");
  }
  const { condition, update } = prepareExpressions(onlyExpressions(action));
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

const checkDistinct = (writes: readonly ItemWrite[]): void => {
  const seen = new Set(writes.map(({ table, key }) => `${table.name} ${keyText(key)}`));
  if (seen.size < writes.length)
    throw validationError("Transaction request cannot include multiple operations on one item");
};

/** AWS: the items of one transaction may hold four megabytes together. */
const checkSize = (writes: readonly ItemWrite[]): void => {
  const bytes = writes.reduce((sum, write) => sum + (write.kind === "put" ? itemSize(write.item) : 0), 0);
  if (bytes > MAX_TRANSACTION_BYTES)
    throw validationError("The aggregate size of the items in the transaction exceeds 4 MB");
};

interface Reason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: Record<string, AttributeValue>;
}

interface Tried {
  readonly table: TableRecord;
  readonly reason: Reason;
  readonly usage?: Usage;
}

/** Runs one write of a transaction; what AWS tells of a refusal. What is written is taken back when any is refused. */
const tryWrite = (room: WriteRoom, { write, returnsOld }: Action): Tried => {
  const { table } = write;
  try {
    return { table, reason: { Code: "None" }, usage: runWrite(room, write, returnsOld).usage };
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) {
      const { message: Message, Item } = error;
      return { table, reason: { Code: "ConditionalCheckFailed", Message, ...(Item ? { Item } : {}) } };
    }
    if (error instanceof AwsError && error.code === "ValidationException")
      return { table, reason: { Code: "ValidationError", Message: error.message } };
    throw error;
  }
};

const canceled = (reasons: readonly Reason[]) =>
  new TransactionCanceledException({
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(", ")}]`,
    CancellationReasons: [...reasons],
    $metadata: {},
  });

/** Whether the same token has been answered lately. Throws when it came with another request. */
const isAnswered = ({ transactions, clock }: Pick<Room, "transactions" | "clock">, input: Input): boolean => {
  const answered = input.ClientRequestToken ? transactions.get(input.ClientRequestToken) : undefined;
  if (!answered || answered.at + TRANSACTION_TOKEN_MS <= clock.now()) return false;
  if (answered.digest === digestOf(input)) return true;
  const message = "The request uses the same client token as a previous, but non-identical request.";
  throw new IdempotentParameterMismatchException({
    message,
    Message: message,
    $metadata: {},
  });
};

const digestOf = (input: Input): string =>
  createHash("sha256").update(JSON.stringify(input.TransactItems, inOrder)).digest("hex");

/** Clients write maps in any order, some in another one each time. */
const inOrder = (_name: string, value: unknown): unknown => {
  if (Array.isArray(value) || typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
};
