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
import { refusal } from "../../../../test/refusal.ts";
import { encodeKey } from "../keys/encode.ts";
import { StoredItem, storedItem } from "./storedItem.ts";

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

it("lets a collection be ten gigabytes with what local indexes hold of it, and grow no further", async () => {
  await using cloud = await testCloud();
  const client = cloud.client(DynamoDBClient);
  const { TableDescription } = await client.send(
    new CreateTableCommand(tableOf("facts", { id: "S", at: "N" }, { local: { "by-kind": { kind: "S" } } })),
  );
  const keyOf = (id: string, at: number) => ({ id: { S: id }, at: { N: String(at) } });
  // Items that say they are larger than items can be, so that no gigabytes need to be written.
  const items = cloud.records
    .scope("dynamodb/123456789012/us-east-1")
    .collection(`items.${TableDescription?.TableId}`, storedItem);
  for (const [id, gigabytes] of [
    ["large", 9.5],
    ["full", 10],
  ] as const) {
    const key = keyOf(id, 1);
    items.put([encodeKey(key.id), encodeKey(key.at)], new StoredItem(gigabytes * 1024 ** 3, JSON.stringify(key), key));
  }
  const put = (id: string, at: number) =>
    client.send(new PutItemCommand({ TableName: "facts", Item: keyOf(id, at), ReturnItemCollectionMetrics: "SIZE" }));
  expect((await put("large", 2)).ItemCollectionMetrics?.SizeEstimateRangeGB).toEqual([9, 10]);
  expect((await put("small", 1)).ItemCollectionMetrics?.SizeEstimateRangeGB).toEqual([0, 1]);
  expect(await refusal(put("full", 2))).toBe("ItemCollectionSizeLimitExceededException: Collection size exceeded.");
  await expect(
    client.send(
      new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName: "facts", Item: keyOf("full", 3) } }] }),
    ),
  ).rejects.toMatchObject({
    CancellationReasons: [{ Code: "ItemCollectionSizeLimitExceeded", Message: "Collection size exceeded." }],
  });
  await client.send(new DeleteItemCommand({ TableName: "facts", Key: keyOf("full", 1) }));
  await put("full", 2);
});
