import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  ExecuteTransactionCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { tableOf } from "../../../../test/dynamoTable.ts";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";

const TableName = "songs";
const INDEXES = { TableName, ReturnConsumedCapacity: "INDEXES" } as const;

const units = (CapacityUnits: number) => ({ CapacityUnits });
const reads = (number: number) => ({ CapacityUnits: number, ReadCapacityUnits: number });
const writes = (number: number) => ({ CapacityUnits: number, WriteCapacityUnits: number });

describe("consumed capacity", () => {
  let cloud: TestCloud;
  let client: DynamoDBClient;
  let arn = "";
  beforeEach(async () => {
    cloud = await testCloud();
    client = cloud.client(DynamoDBClient);
    const { TableDescription } = await client.send(
      new CreateTableCommand(
        tableOf(
          TableName,
          { artist: "S", year: "N" },
          { global: { byGenre: { genre: "S" } }, local: { byPlays: { plays: "N" } }, projection: "KEYS_ONLY" },
        ),
      ),
    );
    arn = TableDescription?.TableArn ?? "";
  });
  afterEach(() => cloud[Symbol.asyncDispose]());

  const song = (year: number, more: Record<string, { S: string } | { N: string }> = {}) => ({
    artist: { S: "Bach" },
    year: { N: String(year) },
    ...more,
  });
  const FIVE_KB = { text: { S: "x".repeat(5000) } };
  const BOTH = { genre: { S: "baroque" }, plays: { N: "1" } };
  const put = async (Item: ReturnType<typeof song>) =>
    (await client.send(new PutItemCommand({ ...INDEXES, Item }))).ConsumedCapacity;
  const update = async (UpdateExpression: string, ExpressionAttributeValues?: Record<string, { S: string }>) =>
    (
      await client.send(
        new UpdateItemCommand({ ...INDEXES, Key: song(1), UpdateExpression, ExpressionAttributeValues }),
      )
    ).ConsumedCapacity;

  it("counts a write by the larger item, and each index by what it holds of it", async () => {
    expect(await put(song(1, FIVE_KB))).toEqual({ TableName, ...units(5), Table: units(5) });
    expect(await put(song(1, BOTH))).toEqual({
      TableName,
      ...units(7),
      Table: units(5),
      LocalSecondaryIndexes: { byPlays: units(1) },
      GlobalSecondaryIndexes: { byGenre: units(1) },
    });
    // What an index does not hold does not change it; another key is one entry less and one more.
    expect(await update("SET note = :n", { ":n": { S: "n" } })).toEqual({ TableName, ...units(1), Table: units(1) });
    expect(await update("SET genre = :g", { ":g": { S: "sacred" } })).toEqual({
      TableName,
      ...units(3),
      Table: units(1),
      GlobalSecondaryIndexes: { byGenre: units(2) },
    });
    const { ConsumedCapacity } = await client.send(new DeleteItemCommand({ ...INDEXES, Key: song(1) }));
    expect(ConsumedCapacity).toMatchObject({ ...units(3), LocalSecondaryIndexes: { byPlays: units(1) } });
    const nothing = await client.send(new DeleteItemCommand({ ...INDEXES, Key: song(1) }));
    expect(nothing.ConsumedCapacity).toEqual({ TableName, ...units(1), Table: units(1) });
  });

  it("counts a read by what was looked at, whatever was filtered or shown", async () => {
    await put(song(1, { ...FIVE_KB, ...BOTH }));
    await put(song(2, FIVE_KB));
    const get = async (ConsistentRead: boolean, Key = song(1)) =>
      (await client.send(new GetItemCommand({ ...INDEXES, Key, ConsistentRead, ProjectionExpression: "genre" })))
        .ConsumedCapacity?.CapacityUnits;
    expect([await get(true), await get(false), await get(true, song(9))]).toEqual([2, 1, 1]);
    const asked = {
      ...INDEXES,
      KeyConditionExpression: "artist = :a",
      ExpressionAttributeValues: { ":a": { S: "Bach" } },
    };
    // A page is rounded as a whole: ten kilobytes are three units.
    expect((await client.send(new QueryCommand(asked))).ConsumedCapacity).toEqual({
      TableName,
      ...units(1.5),
      Table: units(1.5),
    });
    const { Count, ConsumedCapacity } = await client.send(
      new ScanCommand({ ...INDEXES, ConsistentRead: true, FilterExpression: "attribute_not_exists(artist)" }),
    );
    expect([Count, ConsumedCapacity?.CapacityUnits]).toEqual([0, 3]);
    // A local index completes what it does not hold from the table, at the price of each item.
    const local = { ...asked, IndexName: "byPlays" };
    expect((await client.send(new QueryCommand(local))).ConsumedCapacity).toEqual({
      TableName,
      ...units(0.5),
      Table: units(0),
      LocalSecondaryIndexes: { byPlays: units(0.5) },
    });
    expect((await client.send(new QueryCommand({ ...local, Select: "ALL_ATTRIBUTES" }))).ConsumedCapacity).toEqual({
      TableName,
      ...units(1.5),
      Table: units(1),
      LocalSecondaryIndexes: { byPlays: units(0.5) },
    });
  });

  it("counts a batch item by item, a table each", async () => {
    const RequestItems = { [TableName]: [1, 2].map((year) => ({ PutRequest: { Item: song(year, BOTH) } })) };
    const written = await client.send(new BatchWriteItemCommand({ ...INDEXES, RequestItems }));
    expect(written.ConsumedCapacity).toEqual([
      {
        TableName,
        ...units(6),
        Table: units(2),
        LocalSecondaryIndexes: { byPlays: units(2) },
        GlobalSecondaryIndexes: { byGenre: units(2) },
      },
    ]);
    const read = await client.send(
      new BatchGetItemCommand({
        RequestItems: { [TableName]: { Keys: [song(1), song(9)] } },
        ReturnConsumedCapacity: "TOTAL",
      }),
    );
    expect(read.ConsumedCapacity).toEqual([{ TableName, ...units(1) }]);
  });

  it("counts transactions twice, and one that is asked for again as the reads it is", async () => {
    const write = () =>
      client.send(
        new TransactWriteItemsCommand({
          TransactItems: [{ Put: { TableName, Item: song(1, FIVE_KB) } }, { Delete: { TableName, Key: song(2) } }],
          ClientRequestToken: "once",
          ReturnConsumedCapacity: "INDEXES",
        }),
      );
    expect((await write()).ConsumedCapacity).toEqual([{ TableName, ...writes(12), Table: writes(12) }]);
    expect((await write()).ConsumedCapacity).toEqual([{ TableName, ...reads(6), Table: reads(6) }]);
    const insert = () =>
      client.send(
        new ExecuteTransactionCommand({
          TransactStatements: [{ Statement: "INSERT INTO songs VALUE {'artist': 'Satie', 'year': 1}" }],
          ClientRequestToken: "once more",
          ReturnConsumedCapacity: "TOTAL",
        }),
      );
    expect((await insert()).ConsumedCapacity).toEqual([{ TableName, ...writes(2) }]);
    expect((await insert()).ConsumedCapacity).toEqual([{ TableName, ...reads(2) }]);
    const TransactItems = [song(1), song(9)].map((Key) => ({ Get: { TableName, Key } }));
    const read = await client.send(new TransactGetItemsCommand({ TransactItems, ReturnConsumedCapacity: "TOTAL" }));
    expect(read.ConsumedCapacity).toEqual([{ TableName, ...reads(6) }]);
  });

  it("names a table as the caller did", async () => {
    const asked = { TableName: arn, ReturnConsumedCapacity: "TOTAL" } as const;
    const outputs = [
      await client.send(new PutItemCommand({ ...asked, Item: song(1) })),
      await client.send(new GetItemCommand({ ...asked, Key: song(1) })),
      await client.send(new ScanCommand(asked)),
    ];
    expect(outputs.map(({ ConsumedCapacity }) => ConsumedCapacity?.TableName)).toEqual([arn, arn, arn]);
    const TransactItems = [{ Get: { TableName: arn, Key: song(1) } }];
    const { ConsumedCapacity } = await client.send(new TransactGetItemsCommand({ ...asked, TransactItems }));
    expect(ConsumedCapacity).toEqual([{ TableName: arn, ...reads(2) }]);
  });

  it("says nothing of what a condition forbade, or to who did not ask", async () => {
    await put(song(1));
    const condition = { ConditionExpression: "attribute_not_exists(artist)" };
    await expect(
      client.send(new PutItemCommand({ ...INDEXES, Item: song(1), ...condition })),
    ).rejects.not.toHaveProperty("ConsumedCapacity");
    for (const ReturnConsumedCapacity of [undefined, "NONE"] as const)
      expect(
        await client.send(new GetItemCommand({ TableName, Key: song(1), ReturnConsumedCapacity })),
      ).not.toHaveProperty("ConsumedCapacity");
  });
});
