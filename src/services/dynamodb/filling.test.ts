import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { tableOf } from "../../../test/dynamoTable.ts";
import { testCloud } from "../../../test/harness.ts";
import { SWEEP_MS } from "./sweep.ts";

const TableName = "facts";
const MANY = 1200;

const withItems = async () => {
  const cloud = await testCloud();
  const client = cloud.client(DynamoDBClient);
  await client.send(new CreateTableCommand(tableOf(TableName, { id: "S" })));
  const due = String(Math.floor(cloud.clock.now() / 1000) - 60);
  for (let from = 0; from < MANY; from += 25) {
    const writes = Array.from({ length: 25 }, (_each, at) => ({
      PutRequest: { Item: { id: { S: String(from + at) }, kind: { S: "old" }, due: { N: due } } },
    }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: writes } }));
  }
  const addIndex = () =>
    client.send(
      new UpdateTableCommand({
        TableName,
        AttributeDefinitions: [{ AttributeName: "kind", AttributeType: "S" }],
        GlobalSecondaryIndexUpdates: [
          {
            Create: {
              IndexName: "kinds",
              KeySchema: [{ AttributeName: "kind", KeyType: "HASH" }],
              Projection: { ProjectionType: "KEYS_ONLY" },
            },
          },
        ],
      }),
    );
  const table = async () => (await client.send(new DescribeTableCommand({ TableName }))).Table;
  const count = async (kind: string) => {
    const query = new QueryCommand({
      TableName,
      IndexName: "kinds",
      KeyConditionExpression: "kind = :kind",
      ExpressionAttributeValues: { ":kind": { S: kind } },
      Select: "COUNT",
    });
    return (await client.send(query)).Count;
  };
  return { cloud, client, addIndex, table, count };
};

test("an index of a large table is filled beside other calls, and read when it is whole", async () => {
  const { cloud, client, addIndex, table, count } = await withItems();
  await using _ = cloud;
  await addIndex();
  // Nothing in between: the rest of the slices have had no turn yet.
  const [described, refused] = await Promise.all([table(), count("old").catch((error) => error.message)]);
  expect(described?.GlobalSecondaryIndexes?.[0]).toMatchObject({ IndexStatus: "CREATING", Backfilling: true });
  expect(refused).toBe("Cannot read from backfilling global secondary index: kinds");
  await client.send(
    new UpdateItemCommand({
      TableName,
      Key: { id: { S: "999" } },
      UpdateExpression: "SET kind = :kind",
      ExpressionAttributeValues: { ":kind": { S: "new" } },
    }),
  );
  await cloud.tasks.idle();
  const index = (await table())?.GlobalSecondaryIndexes?.[0];
  expect(index).toMatchObject({ IndexStatus: "ACTIVE", ItemCount: MANY });
  expect(index).not.toHaveProperty("Backfilling");
  expect([await count("old"), await count("new")]).toEqual([MANY - 1, 1]);
});

test("an item whose attribute cannot be a key stays out of the index, and can still be changed", async () => {
  const { cloud, client, addIndex, count } = await withItems();
  await using _ = cloud;
  const kind = { S: "x".repeat(3000) };
  await client.send(new PutItemCommand({ TableName, Item: { id: { S: "odd" }, kind } }));
  await addIndex();
  await cloud.tasks.idle();
  expect(await count("old")).toBe(MANY);
  await client.send(new PutItemCommand({ TableName, Item: { id: { S: "odd" }, kind: { S: "new" } } }));
  expect(await count("new")).toBe(1);
});

test("items of a large table expire when time to live is switched on", async () => {
  const { cloud, client, table } = await withItems();
  await using _ = cloud;
  await client.send(
    new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { Enabled: true, AttributeName: "due" } }),
  );
  await cloud.tasks.idle();
  await cloud.clock.advance(SWEEP_MS);
  await cloud.tasks.idle();
  expect((await table())?.ItemCount).toBe(0);
});
