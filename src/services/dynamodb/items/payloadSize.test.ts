import {
  CreateTableCommand,
  DynamoDBClient,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { tableOf } from "../../../../test/dynamoTable.ts";
import { testCloud } from "../../../../test/harness.ts";
import { refusal } from "../../../../test/refusal.ts";

const TableName = "facts";
const TOO_LARGE = "ValidationException: Transaction payload size cannot exceed 4 MB";

test("what a transaction brings and reads is bounded, what it deletes or changes is not", async () => {
  await using cloud = await testCloud();
  const client = cloud.client(DynamoDBClient);
  await client.send(new CreateTableCommand(tableOf(TableName, { id: "S" })));
  const keys = Array.from({ length: 12 }, (_, at) => ({ id: { S: String(at) } }));
  const text = { S: "x".repeat(390_000) };
  const write = (
    TransactItems: NonNullable<ConstructorParameters<typeof TransactWriteItemsCommand>[0]["TransactItems"]>,
  ) => refusal(client.send(new TransactWriteItemsCommand({ TransactItems })));
  const put = (some: typeof keys) => write(some.map((key) => ({ Put: { TableName, Item: { ...key, text } } })));
  const append = {
    TableName,
    UpdateExpression: "SET texts = list_append(if_not_exists(texts, :none), :more)",
    ExpressionAttributeValues: { ":none": { L: [] }, ":more": { L: [text] } },
  };
  expect(await put(keys)).toBe(TOO_LARGE);
  expect(await write(keys.map((Key) => ({ Update: { ...append, Key } })))).toBe(TOO_LARGE);
  expect(await put(keys.slice(0, 6))).toBeUndefined();
  expect(await put(keys.slice(6))).toBeUndefined();
  const gets = keys.map((Key) => ({ Get: { TableName, Key } }));
  expect(await refusal(client.send(new TransactGetItemsCommand({ TransactItems: gets })))).toBe(TOO_LARGE);
  expect(await write(keys.map((Key) => ({ Delete: { TableName, Key } })))).toBeUndefined();
});
