import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  ScanCommand,
} from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, expect, test } from "vitest";
import { tableOf } from "../../../../test/dynamoTable.ts";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";

const TableName = "facts";

let cloud: TestCloud;
let client: DynamoDBClient;
beforeEach(async () => {
  cloud = await testCloud();
  client = cloud.client(DynamoDBClient);
  await client.send(new CreateTableCommand(tableOf(TableName, { id: "S" }, { global: { "by-kind": { kind: "S" } } })));
});
afterEach(() => cloud[Symbol.asyncDispose]());

test.each([
  ["of another type", { N: "1" }, "Type mismatch for Index Key kind Expected: S Actual: N IndexName: by-kind"],
  ["empty", { S: "" }, "cannot contain an empty string value. IndexName: by-kind, IndexKey: kind"],
  ["too long", { S: "x".repeat(2049) }, "Size of hashkey has exceeded the maximum size limit"],
])("an index key %s fails the whole batch, and nothing of it is written", async (_what, kind, message) => {
  const writes = [
    { PutRequest: { Item: { id: { S: "1" }, kind: { S: "odd" } } } },
    { PutRequest: { Item: { id: { S: "2" }, kind } } },
  ];
  await expect(client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: writes } }))).rejects.toMatchObject(
    {
      name: "ValidationException",
      message: expect.stringContaining(message),
    },
  );
  expect((await client.send(new ScanCommand({ TableName }))).Count).toBe(0);
});

test("a table that goes is told of without its keys and indexes", async () => {
  const { TableDescription } = await client.send(new DeleteTableCommand({ TableName }));
  expect(TableDescription).toMatchObject({ TableName, TableStatus: "DELETING" });
  expect(TableDescription).not.toHaveProperty("KeySchema");
  expect(TableDescription).not.toHaveProperty("GlobalSecondaryIndexes");
});

test("a batch that asks for nothing of any table is refused, whichever way it goes", async () => {
  const refused = (operation: string) => ({
    name: "ValidationException",
    message: `The requestItems parameter is required for ${operation}`,
  });
  await expect(client.send(new BatchWriteItemCommand({ RequestItems: {} }))).rejects.toMatchObject(
    refused("BatchWriteItem"),
  );
  await expect(client.send(new BatchGetItemCommand({ RequestItems: {} }))).rejects.toMatchObject(
    refused("BatchGetItem"),
  );
});

test("a null among the requests is refused as a violation of the model", async () => {
  // The SDK drops nulls, so that one is put back where it writes the body.
  client.middlewareStack.add(
    (next) => async (args) => {
      const { request } = args as { request: { body: string; headers: Record<string, string> } };
      request.body = JSON.stringify({ RequestItems: { [TableName]: [null] } });
      request.headers["content-length"] = String(request.body.length);
      return next(args);
    },
    { step: "build" },
  );
  await expect(client.send(new BatchWriteItemCommand({ RequestItems: {} }))).rejects.toMatchObject({
    name: "ValidationException",
    message:
      "1 validation error detected: Value null at 'requestItems.facts.member.1.member' failed to satisfy constraint: Member must not be null",
  });
});

test("a request over sixteen megabytes is not read", async () => {
  const item = { id: { S: "1" }, text: { S: "x".repeat(16 * 1024 * 1024) } };
  await expect(
    client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: [{ PutRequest: { Item: item } }] } })),
  ).rejects.toMatchObject({ $metadata: { httpStatusCode: 413 } });
});
