import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DynamoDBClient,
} from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { tableOf } from "../../../../test/dynamoTable.ts";
import { testCloud } from "../../../../test/harness.ts";

test("a batch answers sixteen megabytes at most, and what is left over", async () => {
  await using cloud = await testCloud();
  const client = cloud.client(DynamoDBClient);
  await client.send(new CreateTableCommand(tableOf("large", { id: "S" })));
  const ids = Array.from({ length: 45 }, (_each, at) => String(at).padStart(2, "0"));
  for (let from = 0; from < ids.length; from += 15) {
    const writes = ids
      .slice(from, from + 15)
      .map((id) => ({ PutRequest: { Item: { id: { S: id }, text: { S: "x".repeat(400_000) } } } }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { large: writes } }));
  }
  // 41 items of 400,008 bytes fit; one more would not, and what comes after it waits too, were it smaller.
  const Keys = [...ids.slice(0, 43), "none"].map((id) => ({ id: { S: id } }));
  const { Responses, UnprocessedKeys } = await client.send(
    new BatchGetItemCommand({ RequestItems: { large: { Keys, ProjectionExpression: "id" } } }),
  );
  expect(Responses?.["large"]).toHaveLength(41);
  expect(UnprocessedKeys?.["large"]).toMatchObject({ Keys: Keys.slice(41), ProjectionExpression: "id" });
});
