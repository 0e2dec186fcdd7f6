import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { startCloud } from "aloft";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createOrders } from "../orders.mjs";

let cloud;
let orders;

beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.stop());

beforeEach(async () => {
  await cloud.reset();
  const client = new DynamoDBClient(cloud.clientConfig());
  await client.send(
    new CreateTableCommand({
      TableName: "orders",
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      BillingMode: "PAY_PER_REQUEST",
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 0.01 }, { TableName: "orders" });
  orders = createOrders(DynamoDBDocumentClient.from(client), "orders");
});

test("an order is found again", async () => {
  await orders.place("1", "tea");
  expect(await orders.find("1")).toEqual({ id: "1", item: "tea" });
});

test("an order is placed once, and the last test left none", async () => {
  expect(await orders.find("1")).toBeUndefined();
  await orders.place("1", "tea");
  await expect(orders.place("1", "coffee")).rejects.toThrow("The conditional request failed");
});
