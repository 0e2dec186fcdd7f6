import { createHash } from "node:crypto";
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  IdempotentParameterMismatchException,
  ItemCollectionSizeLimitExceededException,
  TransactionCanceledException,
} from "@aws-sdk/client-dynamodb";
import { AwsError } from "../../../kernel/errors.ts";
import { isThrottling } from "../budgets.ts";
import { readUnits, TRANSACTION_FACTOR, type Usage } from "../capacity.ts";
import { validationError } from "../errors.ts";
import { MAX_TRANSACTION_BYTES, TRANSACTION_TOKEN_MS } from "../limits.ts";
import type { TableRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { keyText } from "./keys.ts";
import { payloadSize } from "./payloadSize.ts";
import { readStored, type WriteRoom } from "./store.ts";
import { type ItemWrite, runBudgetedWrite, type WrittenItem } from "./writes.ts";

/** One write of a transaction. */
export interface TransactedWrite {
  readonly write: ItemWrite;
  readonly returnsOld: boolean;
  /** The code a failed condition has when it is not the caller's own. */
  readonly failure?: { readonly code: string; readonly message: string };
}

/** What a client's token stands for. */
export interface TransactionToken {
  readonly token: string | undefined;
  /** Everything of the request that must be the same when the token comes again. */
  readonly request: unknown;
}

export type TransactionRoom = WriteRoom & Pick<Room, "transactions">;

interface Done {
  readonly table: TableRecord;
  readonly usage: Usage;
}

/**
 * Runs writes that are done all or none; undefined when the same token was answered lately.
 * Throws TransactionCanceledException, and ValidationException for writes that cannot be in one transaction.
 */
export const runTransaction = (
  room: TransactionRoom,
  writes: readonly TransactedWrite[],
  { token, request }: TransactionToken,
): readonly Done[] | undefined => {
  checkDistinct(writes.map(({ write }) => write));
  checkBytes(writes.reduce((sum, { write }) => sum + payloadSize(write), 0));
  if (isAnswered(room, token, request)) return undefined;
  return room.sizes.atomically(() => {
    const tried = writes.map((write) => tryWrite(room, write));
    if (tried.some(({ reason }) => reason.Code !== "None")) throw canceled(tried.map(({ reason }) => reason));
    if (token) room.transactions.put(token, { digest: digestOf(request), at: room.clock.now() });
    return tried.flatMap(({ table, written }) => (written ? [{ table, usage: written.usage }] : []));
  });
};

/** AWS: a transaction that is asked for again writes nothing, and costs what reading its items does. */
export const rereadUsages = ({ tables }: Pick<Room, "tables">, writes: readonly TransactedWrite[]): readonly Done[] =>
  writes.map(({ write: { table, key } }) => ({
    table,
    usage: { table: readUnits(readStored(tables, table, key)?.bytes ?? 0, true) },
  }));

/**
 * What each operation of a transaction is, held against its table. Throws TransactionCanceledException. AWS: the first one
 * that does not fit is told, and of those after it nothing.
 */
export const fitted = <R>(operations: readonly (() => R)[]): readonly R[] =>
  operations.map((tryFit, position) => {
    try {
      return tryFit();
    } catch (error) {
      if (!isInvalid(error)) throw error;
      throw canceled(operations.map((_, at) => (at === position ? validationReason(error) : { Code: "None" })));
    }
  });

const isInvalid = (error: unknown): error is AwsError =>
  error instanceof AwsError && error.code === "ValidationException";

const validationReason = ({ message }: AwsError): Reason => ({ Code: "ValidationError", Message: message });

/** Throws when two operations of a transaction are on one item. */
export const checkDistinct = (operations: readonly Pick<ItemWrite, "table" | "key">[]): void => {
  const seen = new Set(operations.map(({ table, key }) => `${table.name} ${keyText(key)}`));
  if (seen.size < operations.length)
    throw validationError("Transaction request cannot include multiple operations on one item");
};

/** AWS: what one transaction brings, or reads, may be four megabytes; what it deletes or changes may be more. */
const checkBytes = (bytes: number): void => {
  if (bytes > MAX_TRANSACTION_BYTES) throw validationError("Transaction payload size cannot exceed 4 MB");
};

/** Why an operation of a transaction was not done. */
export interface Reason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: Record<string, AttributeValue>;
}

interface Tried {
  readonly table: TableRecord;
  readonly reason: Reason;
  readonly written?: WrittenItem;
}

/** Runs one write of a transaction; what AWS tells of a refusal. What is written is taken back when any is refused. */
const tryWrite = (room: WriteRoom, { write, returnsOld, failure }: TransactedWrite): Tried => {
  const { table } = write;
  try {
    return { table, reason: { Code: "None" }, written: runBudgetedWrite(room, write, returnsOld, TRANSACTION_FACTOR) };
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) {
      const { message, Item } = error;
      const [Code, Message] = failure ? [failure.code, failure.message] : ["ConditionalCheckFailed", message];
      return { table, reason: { Code, Message, ...(Item ? { Item } : {}) } };
    }
    if (error instanceof ItemCollectionSizeLimitExceededException)
      return { table, reason: { Code: "ItemCollectionSizeLimitExceeded", Message: error.message } };
    if (isThrottling(error)) return { table, reason: throttlingReason(error) };
    if (isInvalid(error)) return { table, reason: validationReason(error) };
    throw error;
  }
};

/**
 * Runs the reads of a transaction. Throws TransactionCanceledException when one is beyond what its table may use, and
 * ValidationException for more than one may answer.
 */
export const runReads = <R extends { readonly bytes: number }>(reads: readonly (() => R)[]): readonly R[] => {
  const tried = reads.map((read): { readonly reason: Reason; readonly done?: R } => {
    try {
      return { reason: { Code: "None" }, done: read() };
    } catch (error) {
      if (!isThrottling(error)) throw error;
      return { reason: throttlingReason(error) };
    }
  });
  const done = tried.flatMap((each) => (each.done === undefined ? [] : [each.done]));
  if (done.length < reads.length) throw canceled(tried.map(({ reason }) => reason));
  checkBytes(done.reduce((sum, { bytes }) => sum + bytes, 0));
  return done;
};

/** AWS: what is over the provisioned throughput has a code of its own. */
const throttlingReason = ({ name, message }: Error): Reason => ({
  Code: name === "ThrottlingException" ? "ThrottlingError" : "ProvisionedThroughputExceeded",
  Message: message,
});

export const canceled = (reasons: readonly Reason[]) =>
  new TransactionCanceledException({
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(", ")}]`,
    CancellationReasons: [...reasons],
    $metadata: {},
  });

/** Whether the same token has been answered lately. Throws when it came with another request. */
const isAnswered = (
  { transactions, clock }: Pick<Room, "transactions" | "clock">,
  token: string | undefined,
  request: unknown,
): boolean => {
  const answered = token ? transactions.get(token) : undefined;
  if (!answered || answered.at + TRANSACTION_TOKEN_MS <= clock.now()) return false;
  if (answered.digest === digestOf(request)) return true;
  const message = "The request uses the same client token as a previous, but non-identical request.";
  throw new IdempotentParameterMismatchException({ message, Message: message, $metadata: {} });
};

const digestOf = (request: unknown): string =>
  createHash("sha256").update(JSON.stringify(request, inOrder)).digest("hex");

/** Clients write maps in any order, some in another one each time. */
const inOrder = (_name: string, value: unknown): unknown => {
  if (Array.isArray(value) || typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
};
