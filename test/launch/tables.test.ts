import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openTables, type Tables } from "../../src/launch/tables.ts";
import { tableOf } from "../dynamoTable.ts";
import { type SocketCloud, socketCloud } from "../socket/clouds.ts";

let running: SocketCloud;
let tables: Tables;

beforeAll(async () => {
  running = await socketCloud("memory");
  tables = openTables(running.config);
  const client = new DynamoDBClient(running.config);
  for (const TableName of ["shop-Orders", "shop-OldOrders", "shop-Other"])
    await client.send(new CreateTableCommand(tableOf(TableName, { customer: "S", number: "N" })));
  await running.cloud.idle();
  const documents = DynamoDBDocumentClient.from(client);
  for (const number of [1, 2, 3])
    await documents.send(new PutCommand({ TableName: "shop-Orders", Item: { customer: "ada", number } }));
});
afterAll(() => running[Symbol.asyncDispose]());

it("lists tables with their keys", async () => {
  expect(await tables.list()).toContainEqual({
    name: "shop-Orders",
    status: "ACTIVE",
    items: expect.any(Number),
    key: "customer (S), number (N)",
    indexes: [],
  });
});

it("scans, queries and gets, by a part of a name and with keys of their types", async () => {
  expect(await tables.scan("shop-Orders", 2)).toMatchObject({ table: "shop-Orders", more: true, items: { length: 2 } });
  const found = await tables.query("-orders", ["customer=ada", "number>=2"], 10);
  expect(found).toEqual({
    table: "shop-Orders",
    more: false,
    items: [
      { customer: "ada", number: 2 },
      { customer: "ada", number: 3 },
    ],
  });
  expect((await tables.get("shop-Orders", ["customer=ada", "number=3"])).item).toEqual({ customer: "ada", number: 3 });
  expect((await tables.get("shop-Orders", ["customer=ada", "number=9"])).item).toBeUndefined();
});

it.each([
  ["a name of several", () => tables.scan("shop", 1), "shop may be any of"],
  ["a name of none", () => tables.scan("nothing", 1), "There is no table nothing."],
  [
    "half a key",
    () => tables.get("shop-Orders", ["customer=ada"]),
    "The key of shop-Orders is customer (S), number (N).",
  ],
  [
    "a query of what is no key",
    () => tables.query("shop-Orders", ["item=tea"], 1),
    "The key of shop-Orders is customer (S), number (N).",
  ],
  ["an index that is none", () => tables.query("shop-Orders", ["customer=ada"], 1, "by-item"), "has no index by-item."],
  [
    "what is no condition",
    () => tables.query("shop-Orders", ["customer"], 1),
    "customer is no condition: write NAME=VALUE",
  ],
  [
    "a number that is none",
    () => tables.get("shop-Orders", ["customer=ada", "number=x"]),
    "number is a number, and x is none.",
  ],
])("refuses %s", (_what, ask, message) => expect(ask()).rejects.toThrow(message));
