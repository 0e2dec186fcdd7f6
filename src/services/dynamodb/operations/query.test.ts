import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { tableOf } from "../../../../test/dynamoTable.ts";
import { testCloud } from "../../../../test/harness.ts";

const withEvents = async () => {
  const cloud = await testCloud();
  const client = cloud.client(DynamoDBClient);
  await client.send(
    new CreateTableCommand(tableOf("events", { who: "S", stamp: "S" }, { local: { codes: { code: "B" } } })),
  );
  const events = [
    ["2025-01-03", [1, 2]],
    ["2025-02-01", [1, 255]],
    ["2025-02-27", [2]],
    ["2026-02-01", [1]],
  ] as const;
  for (const [stamp, code] of events)
    await client.send(
      new PutItemCommand({
        TableName: "events",
        Item: { who: { S: "me" }, stamp: { S: stamp }, code: { B: Uint8Array.from(code) } },
      }),
    );
  const found = async (input: Partial<QueryCommandInput>) =>
    (await client.send(new QueryCommand({ TableName: "events", ...input }))).Items?.map(({ stamp }) => stamp?.S);
  return { cloud, found };
};

describe("behaviour", () => {
  test("begins_with finds texts and bytes by how they begin", async () => {
    const { cloud, found } = await withEvents();
    await using _ = cloud;
    const values = (prefix: object) => ({ ":me": { S: "me" }, ":prefix": prefix as { S: string } });
    const KeyConditionExpression = "who = :me AND begins_with(stamp, :prefix)";
    const all = { KeyConditionExpression, ExpressionAttributeValues: values({ S: "2025-02" }) };
    expect(await found(all)).toEqual(["2025-02-01", "2025-02-27"]);
    expect(await found({ ...all, ScanIndexForward: false })).toEqual(["2025-02-27", "2025-02-01"]);
    expect(
      await found({
        IndexName: "codes",
        KeyConditionExpression: "who = :me AND begins_with(code, :prefix)",
        ExpressionAttributeValues: values({ B: Uint8Array.of(1) }),
      }),
    ).toEqual(["2026-02-01", "2025-01-03", "2025-02-01"]);
  });

  test("an index of several partition and sort attributes orders by them in turn", async () => {
    const cloud = await testCloud();
    await using _ = cloud;
    const client = cloud.client(DynamoDBClient);
    const names = ["id", "cup", "region", "round", "seat"];
    await client.send(
      new CreateTableCommand({
        TableName: "matches",
        AttributeDefinitions: names.map((AttributeName) => ({
          AttributeName,
          AttributeType: AttributeName === "seat" ? "N" : "S",
        })),
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        GlobalSecondaryIndexes: [
          {
            IndexName: "rounds",
            KeySchema: [
              { AttributeName: "cup", KeyType: "HASH" },
              { AttributeName: "region", KeyType: "HASH" },
              { AttributeName: "round", KeyType: "RANGE" },
              { AttributeName: "seat", KeyType: "RANGE" },
            ],
            Projection: { ProjectionType: "KEYS_ONLY" },
          },
        ],
        BillingMode: "PAY_PER_REQUEST",
      }),
    );
    const matches = [
      ["1", "eu", "final", "10"],
      ["2", "eu", "final", "9"],
      ["3", "eu", "semi", "1"],
      ["4", "us", "final", "1"],
      ["5", "eu", "final", undefined],
    ] as const;
    for (const [id, region, round, seat] of matches) {
      const Item = { id: { S: id }, cup: { S: "w" }, region: { S: region }, round: { S: round } };
      await client.send(
        new PutItemCommand({ TableName: "matches", Item: { ...Item, ...(seat ? { seat: { N: seat } } : {}) } }),
      );
    }
    const query = (more: string, values: Record<string, { S: string } | { N: string }> = {}, rest = {}) =>
      client.send(
        new QueryCommand({
          TableName: "matches",
          IndexName: "rounds",
          KeyConditionExpression: `cup = :cup AND #region = :region${more}`,
          ExpressionAttributeNames: { "#region": "region", ...(more.includes("#round") ? { "#round": "round" } : {}) },
          ExpressionAttributeValues: { ":cup": { S: "w" }, ":region": { S: "eu" }, ...values },
          ...rest,
        }),
      );
    const ids = ({ Items }: QueryCommandOutput) => Items?.map(({ id }) => id?.S);
    expect(ids(await query(""))).toEqual(["2", "1", "3"]);
    expect(ids(await query(" AND #round = :r AND seat > :s", { ":r": { S: "final" }, ":s": { N: "9" } }))).toEqual([
      "1",
    ]);
    const page = await query("", {}, { Limit: 2, ScanIndexForward: false });
    expect([ids(page), Object.keys(page.LastEvaluatedKey ?? {}).sort()]).toEqual([["3", "1"], [...names].sort()]);
    expect(ids(await query("", {}, { ScanIndexForward: false, ExclusiveStartKey: page.LastEvaluatedKey }))).toEqual([
      "2",
    ]);
    const { Table } = await client.send(new DescribeTableCommand({ TableName: "matches" }));
    expect(Table?.GlobalSecondaryIndexes?.[0]?.KeySchema?.map(({ KeyType }) => KeyType)).toEqual([
      "HASH",
      "HASH",
      "RANGE",
      "RANGE",
    ]);
    const { Items } = await client.send(
      new ExecuteStatementCommand({
        Statement: `SELECT id FROM "matches"."rounds" WHERE cup = 'w' AND "region" = 'us'`,
      }),
    );
    expect(Items).toEqual([{ id: { S: "4" } }]);
  });
});
