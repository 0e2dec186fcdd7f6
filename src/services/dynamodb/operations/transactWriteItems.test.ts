import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { tableOf } from "../../../../test/dynamoTable.ts";
import { testCloud } from "../../../../test/harness.ts";
import { refusal } from "../../../../test/refusal.ts";

const TableName = "facts";
const Key = { id: { S: "a" } };

const withTable = async () => {
  const cloud = await testCloud();
  const client = cloud.client(DynamoDBClient);
  await client.send(new CreateTableCommand(tableOf(TableName, { id: "S" }, { global: { byKind: { kind: "S" } } })));
  const write = (...TransactItems: TransactWriteItem[]) =>
    client.send(new TransactWriteItemsCommand({ TransactItems }));
  return { cloud, client, write };
};

const SCHEMA = "The provided key element does not match the schema";
const MISMATCH = "One or more parameter values were invalid: Type mismatch for key id expected: S actual: N";

describe("what does not fit its table cancels the transaction, the first of it by name", () => {
  test.each<[string, TransactWriteItem, string]>([
    ["an item", { Put: { TableName, Item: { id: { N: "7" } } } }, MISMATCH],
    ["a key to delete", { Delete: { TableName, Key: {} } }, SCHEMA],
    ["a key to update", { Update: { TableName, Key: { id: { N: "1" } }, UpdateExpression: "REMOVE a" } }, SCHEMA],
    ["a key to check", { ConditionCheck: { TableName, Key: {}, ConditionExpression: "attribute_exists(id)" } }, SCHEMA],
    [
      "an index's key",
      { Put: { TableName, Item: { ...Key, kind: { N: "1" } } } },
      "One or more parameter values were invalid: Type mismatch for Index Key kind Expected: S Actual: N IndexName: byKind",
    ],
  ])("%s", async (_name, item, Message) => {
    const { cloud, client, write } = await withTable();
    await using _ = cloud;
    const good = { id: { S: "b" } };
    await expect(write({ Put: { TableName, Item: good } }, item)).rejects.toMatchObject({
      name: "TransactionCanceledException",
      message: "Transaction cancelled, please refer cancellation reasons for specific reasons [None, ValidationError]",
      CancellationReasons: [{ Code: "None" }, { Code: "ValidationError", Message }],
    });
    expect((await client.send(new GetItemCommand({ TableName, Key: good }))).Item).toBeUndefined();
  });

  test("nothing is said of those after it, nor of conditions", async () => {
    const { cloud, write } = await withTable();
    await using _ = cloud;
    const bad = { Put: { TableName, Item: { id: { N: "7" } } } };
    const forbidden = { Put: { TableName, Item: Key, ConditionExpression: "attribute_exists(id)" } };
    await expect(write(bad, bad, forbidden)).rejects.toMatchObject({
      CancellationReasons: [{ Code: "ValidationError" }, { Code: "None" }, { Code: "None" }],
    });
  });
});

describe("what is wrong whatever the table is refused as it is", () => {
  test.each<[string, TransactWriteItem, string]>([
    ["no action", {}, "TransactItems can only contain one of Check, Put, Update or Delete"],
    [
      "an expression",
      { Delete: { TableName, Key, ConditionExpression: "#a = :a" } },
      "Invalid ConditionExpression: An expression attribute name used in the document path is not defined; attribute name: #a",
    ],
    [
      "an empty key",
      { Update: { TableName, Key: { id: { S: "" } }, UpdateExpression: "REMOVE a" } },
      "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: id",
    ],
    [
      "a value",
      { Put: { TableName, Item: { ...Key, n: { N: "x" } } } },
      "The parameter cannot be converted to a numeric value: x",
    ],
  ])("%s", async (_name, item, message) => {
    const { cloud, write } = await withTable();
    await using _ = cloud;
    expect(await refusal(write(item))).toBe(`ValidationException: ${message}`);
  });
});
