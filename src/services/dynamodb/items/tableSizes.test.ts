import { CreateTableCommand, DescribeTableCommand, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import fc from "fast-check";
import { expect, test } from "vitest";
import { tableOf } from "../../../../test/dynamoTable.ts";
import { testCloud } from "../../../../test/harness.ts";
import { storedItem, toStore } from "./storedItem.ts";

test("a stored item comes back with its size and its text", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.record({ S: fc.string() })), (item) => {
      const stored = toStore(item);
      const again = storedItem.decode(storedItem.encode(stored));
      expect([again.bytes, again.text, again.item]).toEqual([stored.bytes, stored.text, JSON.parse(stored.text)]);
    }),
  );
});

test("what was not saved is counted anew, in slices, while writes go on", async () => {
  await using cloud = await testCloud();
  const client = cloud.client(DynamoDBClient);
  const { TableDescription } = await client.send(new CreateTableCommand(tableOf("many", { id: "S" })));
  // As a process that ended in the midst of its work leaves them: items, and no figures.
  const items = cloud.records
    .scope("dynamodb/123456789012/us-east-1")
    .collection(`items.${TableDescription?.TableId}`, storedItem);
  for (let number = 0; number < 2500; number++) {
    const id = String(number).padStart(5, "0");
    items.put([Buffer.from(id)], toStore({ id: { S: id } }));
  }
  const count = async () => (await client.send(new DescribeTableCommand({ TableName: "many" }))).Table?.ItemCount;
  expect(await count()).toBe(0);
  await client.send(new PutItemCommand({ TableName: "many", Item: { id: { S: "00000a" } } }));
  await client.send(new PutItemCommand({ TableName: "many", Item: { id: { S: "zzz" } } }));
  await cloud.tasks.idle();
  expect(await count()).toBe(2502);
});
