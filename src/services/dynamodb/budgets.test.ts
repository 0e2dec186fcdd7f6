import {
  BatchExecuteStatementCommand,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  ExecuteStatementCommand,
  ExecuteTransactionCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TagResourceCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { tableOf } from "../../../test/dynamoTable.ts";
import { testCloud } from "../../../test/harness.ts";

const TableName = "orders";
const THROTTLED = { Key: "aloft:throttling", Value: "on" };
const units = (ReadCapacityUnits: number, WriteCapacityUnits: number) => ({
  BillingMode: "PROVISIONED" as const,
  ProvisionedThroughput: { ReadCapacityUnits, WriteCapacityUnits },
});

const withTable = async (input: Partial<CreateTableCommandInput>) => {
  const cloud = await testCloud();
  // The refusals are what is looked at: the client would try them again.
  const client = cloud.client(DynamoDBClient, { maxAttempts: 1 });
  const { TableDescription } = await client.send(
    new CreateTableCommand({ ...tableOf(TableName, { id: "S" }), Tags: [THROTTLED], ...input }),
  );
  const put = (id: string, kind?: string) =>
    client.send(new PutItemCommand({ TableName, Item: { id: { S: id }, ...(kind ? { kind: { S: kind } } : {}) } }));
  const get = (id: string) => client.send(new GetItemCommand({ TableName, Key: { id: { S: id } } }));
  const exceeded = (reason: string, index?: string) => ({
    name: "ProvisionedThroughputExceededException",
    message: expect.stringMatching(/^The level of configured provisioned throughput for .* was exceeded/),
    ThrottlingReasons: [{ reason, resource: `${TableDescription?.TableArn}${index ? `/index/${index}` : ""}` }],
  });
  return { cloud, client, put, get, exceeded, arn: TableDescription?.TableArn };
};

describe("a table whose tag asks for it", () => {
  test("is refused more than it may use, until time gives it more, and keeps five minutes of what it does not use", async () => {
    const { cloud, put, get, exceeded } = await withTable(units(1, 2));
    await using _ = cloud;
    await put("a");
    await put("b");
    await expect(put("c")).rejects.toMatchObject(exceeded("TableWriteProvisionedThroughputExceeded"));
    for (let read = 0; read < 2; read++) await get("a");
    await expect(get("a")).rejects.toMatchObject(exceeded("TableReadProvisionedThroughputExceeded"));
    cloud.clock.advance(3_600_000);
    // Five minutes of two units are six items of a hundred.
    for (let written = 0; written < 6; written++) await put("a", "x".repeat(100 * 1024 - 7));
    await expect(put("c")).rejects.toMatchObject(exceeded("TableWriteProvisionedThroughputExceeded"));
  });

  test("takes back a write that one of its indexes has no units for", async () => {
    const { cloud, put, get, exceeded } = await withTable({
      ...tableOf(TableName, { id: "S" }, { global: { kinds: { kind: "S" } } }),
      ...units(100, 100),
      GlobalSecondaryIndexes: [
        {
          IndexName: "kinds",
          KeySchema: [{ AttributeName: "kind", KeyType: "HASH" }],
          Projection: { ProjectionType: "ALL" },
          ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
        },
      ],
    });
    await using _ = cloud;
    await put("a", "x");
    await expect(put("b", "x")).rejects.toMatchObject(exceeded("IndexWriteProvisionedThroughputExceeded", "kinds"));
    expect((await get("b")).Item).toBeUndefined();
    await put("c");
  });

  test("pays for a condition that forbids its write", async () => {
    const { cloud, client, put, exceeded } = await withTable(units(10, 2));
    await using _ = cloud;
    await put("a");
    const conditional = () =>
      client.send(
        new PutItemCommand({ TableName, Item: { id: { S: "a" } }, ConditionExpression: "attribute_not_exists(id)" }),
      );
    await expect(conditional()).rejects.toMatchObject({ name: "ConditionalCheckFailedException" });
    await expect(conditional()).rejects.toMatchObject(exceeded("TableWriteProvisionedThroughputExceeded"));
  });

  test("on demand is held to its maximum", async () => {
    const { cloud, put, arn } = await withTable({
      OnDemandThroughput: { MaxReadRequestUnits: -1, MaxWriteRequestUnits: 1 },
    });
    await using _ = cloud;
    await put("a");
    await expect(put("b")).rejects.toMatchObject({
      name: "ThrottlingException",
      throttlingReasons: [{ reason: "TableWriteMaxOnDemandThroughputExceeded", resource: arn }],
    });
  });

  test("is not throttled without the tag, and again with it", async () => {
    const { cloud, client, put, arn } = await withTable(units(1, 1));
    await using _ = cloud;
    await client.send(new UntagResourceCommand({ ResourceArn: arn, TagKeys: [THROTTLED.Key] }));
    for (const id of ["a", "b", "c"]) await put(id);
    await client.send(new TagResourceCommand({ ResourceArn: arn, Tags: [THROTTLED] }));
    await put("d");
    await expect(put("e")).rejects.toMatchObject({ name: "ProvisionedThroughputExceededException" });
  });
});

describe("beyond what a table may use", () => {
  const Key = { id: { S: "a" } };
  const exhausted = async () => {
    const table = await withTable(units(1, 1));
    await table.put("a");
    for (let read = 0; read < 2; read++) await table.get("a");
    return table;
  };

  test("pages and statements are refused", async () => {
    const { cloud, client, exceeded } = await exhausted();
    await using _ = cloud;
    const Statement = `SELECT * FROM ${TableName} WHERE id = 'a'`;
    const reads = [
      client.send(new ScanCommand({ TableName })),
      client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: "id = :id",
          ExpressionAttributeValues: { ":id": { S: "a" } },
        }),
      ),
      client.send(new ExecuteStatementCommand({ Statement })),
    ];
    for (const read of reads)
      await expect(read).rejects.toMatchObject(exceeded("TableReadProvisionedThroughputExceeded"));
    const { Responses } = await client.send(new BatchExecuteStatementCommand({ Statements: [{ Statement }] }));
    expect(Responses?.[0]?.Error?.Code).toBe("ProvisionedThroughputExceeded");
  });

  test("batches give back what is left of them, and are refused when that is all", async () => {
    const { cloud, client } = await exhausted();
    await using _ = cloud;
    const writes = ["x", "y"].map((id) => ({ PutRequest: { Item: { id: { S: id } } } }));
    const write = () => client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: writes } }));
    const read = () => client.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: [Key] } } }));
    await expect(write()).rejects.toMatchObject({ name: "ProvisionedThroughputExceededException" });
    await expect(read()).rejects.toMatchObject({ name: "ProvisionedThroughputExceededException" });
    cloud.clock.advance(1000);
    expect((await write()).UnprocessedItems).toEqual({ [TableName]: writes.slice(1) });
    expect((await read()).Responses).toEqual({ [TableName]: [Key] });
  });

  test("transactions are cancelled, and say why", async () => {
    const { cloud, client } = await exhausted();
    await using _ = cloud;
    const canceled = {
      name: "TransactionCanceledException",
      CancellationReasons: [{ Code: "ProvisionedThroughputExceeded", Message: expect.stringContaining("the table") }],
    };
    const Statement = `SELECT * FROM ${TableName} WHERE id = 'a'`;
    for (const sent of [
      client.send(new TransactGetItemsCommand({ TransactItems: [{ Get: { TableName, Key } }] })),
      client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName, Item: Key } }] })),
      client.send(new ExecuteTransactionCommand({ TransactStatements: [{ Statement }] })),
    ])
      await expect(sent).rejects.toMatchObject(canceled);
  });
});
