import { createHash } from "node:crypto";
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { capacityView } from "../capacity.ts";
import { validationError } from "../errors.ts";
import { itemAnswer } from "../items/answers.ts";
import type { WriteRoom } from "../items/store.ts";
import { runSingleWrite } from "../items/writes.ts";
import { parseStatement } from "../partiql/parse.ts";
import { type Position, select } from "../partiql/select.ts";
import { duplicateItem, isWrite, returnedBy, writeOf } from "../partiql/writes.ts";
import type { Operation } from "../room.ts";
import { readItem, readValue } from "../values/readValue.ts";

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExecuteStatement.html */
export const executeStatement =
  (room: WriteRoom): Operation<"ExecuteStatement"> =>
  async (_ctx, input) => {
    const statement = parseStatement(input.Statement, (input.Parameters ?? []).map(readValue));
    if (statement.kind === "exists") throw validationError("EXISTS can only be used within a transaction.");
    if (!isWrite(statement)) {
      const digest = digestOf(input);
      const { table, items, usage, next } = select(room, statement, {
        limit: input.Limit,
        consistent: input.ConsistentRead ?? false,
        start: input.NextToken === undefined ? undefined : positionIn(input.NextToken, digest),
      });
      return {
        Items: items.map(itemAnswer),
        ...(next ? { NextToken: tokenOf(next, digest) } : {}),
        ...(next?.key ? { LastEvaluatedKey: itemAnswer(next.key) } : {}),
        ...capacityView(input.ReturnConsumedCapacity, table, usage),
      };
    }
    if (input.NextToken !== undefined) throw invalidToken();
    const write = writeOf(room, statement);
    const written = asInsert(statement.kind === "insert", () =>
      runSingleWrite(room, write, input.ReturnValuesOnConditionCheckFailure === "ALL_OLD"),
    );
    return {
      Items: returnedBy(statement, written).map(itemAnswer),
      ...capacityView(input.ReturnConsumedCapacity, write.table, written.usage),
    };
  };

/** An insert's condition is that nothing is there: AWS has an error of its own for what is. */
export const asInsert = <R>(isInsert: boolean, work: () => R): R => {
  try {
    return work();
  } catch (error) {
    throw isInsert && error instanceof ConditionalCheckFailedException ? duplicateItem() : error;
  }
};

interface Asked {
  readonly Statement: string;
  readonly Parameters?: readonly unknown[] | undefined;
}

/** A token goes on with the statement it was given for, and no other. */
const digestOf = ({ Statement, Parameters = [] }: Asked): string =>
  createHash("sha256")
    .update(JSON.stringify([Statement, Parameters]))
    .digest("base64url")
    .slice(0, 22);

const tokenOf = ({ partition, key }: Position, digest: string): string =>
  Buffer.from(JSON.stringify({ digest, partition, ...(key ? { key } : {}) })).toString("base64");

const positionIn = (token: string, digest: string): Position => {
  const parsed = parsedToken(token);
  if (typeof parsed !== "object" || parsed === null || !("digest" in parsed) || !("partition" in parsed))
    throw invalidToken();
  if (parsed.digest !== digest) throw validationError("NextToken does not match request");
  if (typeof parsed.partition !== "number") throw invalidToken();
  const key = "key" in parsed && typeof parsed.key === "object" && parsed.key !== null ? parsed.key : undefined;
  return { partition: parsed.partition, key: key && readItem({ ...key }) };
};

const parsedToken = (token: string): unknown => {
  try {
    return JSON.parse(Buffer.from(token, "base64").toString());
  } catch {
    throw invalidToken();
  }
};

const invalidToken = () => validationError("Invalid NextToken");
