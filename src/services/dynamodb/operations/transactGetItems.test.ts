import { CreateTableCommand, DynamoDBClient, TransactGetItemsCommand } from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { tableOf } from "../../../../test/dynamoTable.ts";
import { testCloud } from "../../../../test/harness.ts";

const withTable = async () => {
  const cloud = await testCloud();
  const client = cloud.client(DynamoDBClient);
  await client.send(new CreateTableCommand(tableOf("facts", { id: "S" })));
  const get = (...keys: Record<string, { S: string }>[]) =>
    client.send(
      new TransactGetItemsCommand({ TransactItems: keys.map((Key) => ({ Get: { TableName: "facts", Key } })) }),
    );
  return { cloud, get };
};

test("one item cannot be read twice in a transaction", async () => {
  const { cloud, get } = await withTable();
  await using _ = cloud;
  await expect(get({ id: { S: "a" } }, { id: { S: "a" } })).rejects.toMatchObject({
    name: "ValidationException",
    message: "Transaction request cannot include multiple operations on one item",
  });
});

test("a key that does not fit its table cancels the transaction", async () => {
  const { cloud, get } = await withTable();
  await using _ = cloud;
  await expect(get({ id: { S: "a" } }, {})).rejects.toMatchObject({
    name: "TransactionCanceledException",
    CancellationReasons: [
      { Code: "None" },
      { Code: "ValidationError", Message: "The provided key element does not match the schema" },
    ],
  });
});
