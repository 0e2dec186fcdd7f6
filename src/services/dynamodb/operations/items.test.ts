import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { tableOf } from "../../../../test/dynamoTable.ts";
import { testCloud } from "../../../../test/harness.ts";
import { refusal } from "../../../../test/refusal.ts";

const music = new CreateTableCommand(
  tableOf(
    "music",
    { artist: "S", year: "N" },
    { global: { byGenre: { genre: "S", year: "N" } }, projection: "KEYS_ONLY" },
  ),
);

const song = (artist: string, year: number, genre?: string) => ({
  artist: { S: artist },
  year: { N: String(year) },
  cover: { B: Buffer.from([1, 2, 255]) },
  ...(genre ? { genre: { S: genre } } : {}),
});

const tableOfSongs = async () => {
  const cloud = await testCloud();
  const client = cloud.client(DynamoDBClient);
  const { TableDescription } = await client.send(music);
  expect(TableDescription?.TableStatus).toBe("CREATING");
  expect((await client.send(new DescribeTableCommand({ TableName: "music" }))).Table?.TableStatus).toBe("ACTIVE");
  return { cloud, client };
};

test("an item comes back as it was put, binary and numbers included", async () => {
  const { cloud, client } = await tableOfSongs();
  await using _ = cloud;
  await client.send(new PutItemCommand({ TableName: "music", Item: { ...song("a", 1), price: { N: "1.50" } } }));
  const { Item } = await client.send(
    new GetItemCommand({ TableName: "music", Key: { artist: { S: "a" }, year: { N: "1.0" } } }),
  );
  expect(Item?.["price"]).toEqual({ N: "1.5" });
  expect(Buffer.from(Item?.["cover"]?.B ?? [])).toEqual(Buffer.from([1, 2, 255]));
});

test("a query reads a partition in order, in pages, forwards and backwards, within bounds", async () => {
  const { cloud, client } = await tableOfSongs();
  await using _ = cloud;
  for (const year of [3, 1, 20, 2])
    await client.send(new PutItemCommand({ TableName: "music", Item: song("a", year) }));
  await client.send(new PutItemCommand({ TableName: "music", Item: song("b", 1) }));
  const years = async (input: object) => {
    const found: string[] = [];
    let start: Record<string, never> | undefined;
    do {
      const page = await client.send(
        new QueryCommand({
          TableName: "music",
          KeyConditionExpression: "artist = :a",
          ExpressionAttributeValues: { ":a": { S: "a" } },
          Limit: 1,
          ...(start ? { ExclusiveStartKey: start } : {}),
          ...input,
        }),
      );
      found.push(...(page.Items ?? []).map((item) => item["year"]?.N ?? ""));
      start = page.LastEvaluatedKey as Record<string, never> | undefined;
    } while (start);
    return found;
  };
  expect(await years({})).toEqual(["1", "2", "3", "20"]);
  expect(await years({ ScanIndexForward: false })).toEqual(["20", "3", "2", "1"]);
  const between = {
    KeyConditionExpression: "artist = :a AND #y BETWEEN :l AND :h",
    ExpressionAttributeNames: { "#y": "year" },
    ExpressionAttributeValues: { ":a": { S: "a" }, ":l": { N: "2" }, ":h": { N: "3" } },
  };
  expect(await years(between)).toEqual(["2", "3"]);
  expect(await years({ ...between, ScanIndexForward: false })).toEqual(["3", "2"]);
});

test("an index follows its table, holds what it projects, and only items with its key", async () => {
  const { cloud, client } = await tableOfSongs();
  await using _ = cloud;
  for (const [artist, year] of [
    ["a", 2],
    ["b", 1],
    ["c", 2],
  ] as const) {
    await client.send(new PutItemCommand({ TableName: "music", Item: song(artist, year, "jazz") }));
  }
  await client.send(new PutItemCommand({ TableName: "music", Item: song("d", 1) }));
  const jazz = async (condition = "genre = :g", values = {}) =>
    client.send(
      new QueryCommand({
        TableName: "music",
        IndexName: "byGenre",
        KeyConditionExpression: condition,
        ...(condition.includes("#y") ? { ExpressionAttributeNames: { "#y": "year" } } : {}),
        ExpressionAttributeValues: { ":g": { S: "jazz" }, ...values },
      }),
    );
  const { Items } = await jazz();
  expect(Items?.map((item) => item["artist"]?.S)).toEqual(["b", "a", "c"]);
  expect(Items?.[0]).not.toHaveProperty("cover");
  expect((await jazz("genre = :g AND #y <= :y", { ":y": { N: "1" } })).Count).toBe(1);
  expect((await jazz("genre = :g AND #y > :y", { ":y": { N: "1" } })).Count).toBe(2);
  await client.send(
    new UpdateItemCommand({
      TableName: "music",
      Key: { artist: { S: "a" }, year: { N: "2" } },
      UpdateExpression: "SET genre = :g",
      ExpressionAttributeValues: { ":g": { S: "rock" } },
    }),
  );
  expect((await jazz()).Items?.map((item) => item["artist"]?.S)).toEqual(["b", "c"]);
});

test("a condition that is not met changes nothing", async () => {
  const { cloud, client } = await tableOfSongs();
  await using _ = cloud;
  const put = new PutItemCommand({
    TableName: "music",
    Item: song("a", 1),
    ConditionExpression: "attribute_not_exists(artist)",
  });
  await client.send(put);
  await expect(client.send(put)).rejects.toMatchObject({
    name: "ConditionalCheckFailedException",
    message: "The conditional request failed",
  });
});

test("a transaction is all or nothing, and says why", async () => {
  const { cloud, client } = await tableOfSongs();
  await using _ = cloud;
  const transaction = new TransactWriteItemsCommand({
    TransactItems: [
      { Put: { TableName: "music", Item: song("a", 1) } },
      {
        ConditionCheck: {
          TableName: "music",
          Key: { artist: { S: "x" }, year: { N: "1" } },
          ConditionExpression: "attribute_exists(artist)",
        },
      },
    ],
  });
  await expect(client.send(transaction)).rejects.toMatchObject({
    name: "TransactionCanceledException",
    message:
      "Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed]",
    CancellationReasons: [
      { Code: "None" },
      { Code: "ConditionalCheckFailed", Message: "The conditional request failed" },
    ],
  });
  expect((await client.send(new ScanCommand({ TableName: "music" }))).Count).toBe(0);
});

test("a parallel scan's segments hold every item once", async () => {
  const { cloud, client } = await tableOfSongs();
  await using _ = cloud;
  const items = Array.from({ length: 25 }, (_unused, number) => ({
    PutRequest: { Item: song(`artist${number}`, number) },
  }));
  await client.send(new BatchWriteItemCommand({ RequestItems: { music: items } }));
  const counts = await Promise.all(
    [0, 1, 2].map(
      async (Segment) =>
        (await client.send(new ScanCommand({ TableName: "music", Segment, TotalSegments: 3 }))).Count ?? 0,
    ),
  );
  expect(counts.reduce((a, b) => a + b)).toBe(25);
});

test("refusals name what is wrong as DynamoDB does", async () => {
  const { cloud, client } = await tableOfSongs();
  await using _ = cloud;
  const refused = (command: PutItemCommand) => refusal(client.send(command));
  expect(await refused(new PutItemCommand({ TableName: "music", Item: { artist: { S: "a" } } }))).toBe(
    "ValidationException: One or more parameter values were invalid: Missing the key year in the item",
  );
  expect(await refused(new PutItemCommand({ TableName: "none", Item: { artist: { S: "a" } } }))).toBe(
    "ResourceNotFoundException: Requested resource not found",
  );
  await client.send(new DeleteTableCommand({ TableName: "music" }));
  await expect(client.send(new DescribeTableCommand({ TableName: "music" }))).rejects.toMatchObject({
    message: "Requested resource not found: Table: music not found",
  });
});
