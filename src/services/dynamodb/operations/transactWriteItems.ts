import { createHash } from "node:crypto";
import {
  ConditionalCheckFailedException,
  IdempotentParameterMismatchException,
  TransactionCanceledException,
} from "@aws-sdk/client-dynamodb";
import { AwsError } from "../../../kernel/errors.ts";
import { validationError } from "../errors.ts";
import { prepareExpressions } from "../expressions/prepare.ts";
import { findTable } from "../find.ts";
import { itemAnswer } from "../items/answers.ts";
import { onlyExpressions } from "../items/expressions.ts";
import { keyFromParameter } from "../items/keys.ts";
import { deleteOf, type ItemWrite, putOf, runWrite, updateOf } from "../items/writes.ts";
import { MAX_TRANSACTION_ITEMS, TRANSACTION_TOKEN_MS } from "../limits.ts";
import type { Operation, Room } from "../room.ts";
import type { Item } from "../values/attributeValue.ts";
import { readItem } from "../values/readValue.ts";

export const transactWriteItems =
  (room: Pick<Room, "tables" | "records" | "transactions" | "clock">): Operation<"TransactWriteItems"> =>
  async (_ctx, input) => {
    if (input.TransactItems.length > MAX_TRANSACTION_ITEMS) {
      throw validationError("Member must have length less than or equal to 100");
    }
    const prepared = input.TransactItems.map((item) => readAction(room, item));
    checkDistinct(prepared.map(({ write }) => write));
    if (isAnswered(room, input)) return {};
    room.records.atomically(() => {
      const reasons = prepared.map((action) => tryWrite(room, action));
      if (reasons.some(({ Code }) => Code !== "None")) throw canceled(reasons);
      if (input.ClientRequestToken)
        room.transactions.put(input.ClientRequestToken, { digest: digestOf(input), at: room.clock.now() });
    });
    return {};
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
  const seen = new Set(
    writes.map(({ table, key }) => `${table.name} ${key.map((part) => Buffer.from(part).toString("hex")).join(" ")}`),
  );
  if (seen.size < writes.length)
    throw validationError("Transaction request cannot include multiple operations on one item");
};

interface Reason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: ReturnType<typeof itemAnswer>;
}

/** Runs one write of a transaction; what AWS tells of a refusal. What is written is taken back when any is refused. */
const tryWrite = (room: Pick<Room, "tables">, { write, returnsOld }: Action): Reason => {
  try {
    runWrite(room, write, returnsOld);
    return { Code: "None" };
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) {
      const item = (error as { readonly Item?: unknown }).Item;
      return {
        Code: "ConditionalCheckFailed",
        Message: error.message,
        ...(item ? { Item: itemAnswer(item as Item) } : {}),
      };
    }
    if (error instanceof AwsError && error.code === "ValidationException")
      return { Code: "ValidationError", Message: error.message };
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
  createHash("sha256").update(JSON.stringify(input.TransactItems)).digest("hex");
