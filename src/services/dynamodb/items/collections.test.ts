import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { expect, it } from "vitest";
import { tableOf } from "../../../../test/dynamoTable.ts";
import { testCloud } from "../../../../test/harness.ts";

it("tells the size of item collections where a local index makes them, to who asks", async () => {
  await using cloud = await testCloud();
  const client = cloud.client(DynamoDBClient);
  await client.send(
    new CreateTableCommand(tableOf("facts", { id: "B", at: "N" }, { local: { "by-kind": { kind: "S" } } })),
  );
  const Key = { id: { B: Buffer.from([1, 2]) }, at: { N: "1" } };
  const asked = { TableName: "facts", ReturnItemCollectionMetrics: "SIZE" } as const;
  const collection = { ItemCollectionKey: { id: { B: new Uint8Array([1, 2]) } }, SizeEstimateRangeGB: [0, 1] };
  const silent = await client.send(new PutItemCommand({ TableName: "facts", Item: Key }));
  expect(silent.ItemCollectionMetrics).toBeUndefined();
  for (const output of [
    await client.send(new PutItemCommand({ ...asked, Item: Key })),
    await client.send(new UpdateItemCommand({ ...asked, Key, ReturnValues: "ALL_NEW" })),
    await client.send(new DeleteItemCommand({ ...asked, Key })),
  ])
    expect(output.ItemCollectionMetrics).toEqual(collection);
  const other = { ...Key, at: { N: "2" } };
  const { ItemCollectionMetrics } = await client.send(
    new BatchWriteItemCommand({
      RequestItems: { facts: [{ PutRequest: { Item: Key } }, { PutRequest: { Item: other } }] },
      ReturnItemCollectionMetrics: "SIZE",
    }),
  );
  expect(ItemCollectionMetrics).toEqual({ facts: [collection] });
  const transacted = await client.send(
    new TransactWriteItemsCommand({
      TransactItems: [{ Put: { TableName: "facts", Item: Key } }],
      ReturnItemCollectionMetrics: "SIZE",
    }),
  );
  expect(transacted.ItemCollectionMetrics).toEqual({ facts: [collection] });
});
