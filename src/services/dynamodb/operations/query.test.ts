import {
  CreateTableCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";

const withEvents = async () => {
  const cloud = await testCloud();
  const client = cloud.client(DynamoDBClient);
  await client.send(
    new CreateTableCommand({
      TableName: "events",
      AttributeDefinitions: [
        { AttributeName: "who", AttributeType: "S" },
        { AttributeName: "stamp", AttributeType: "S" },
        { AttributeName: "code", AttributeType: "B" },
      ],
      KeySchema: [
        { AttributeName: "who", KeyType: "HASH" },
        { AttributeName: "stamp", KeyType: "RANGE" },
      ],
      LocalSecondaryIndexes: [
        {
          IndexName: "codes",
          KeySchema: [
            { AttributeName: "who", KeyType: "HASH" },
            { AttributeName: "code", KeyType: "RANGE" },
          ],
          Projection: { ProjectionType: "ALL" },
        },
      ],
      BillingMode: "PAY_PER_REQUEST",
    }),
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
});
