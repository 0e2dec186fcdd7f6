import assert from "node:assert/strict";
import { test } from "node:test";
import { ConditionalCheckFailedException, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { providerTable } from "./table.ts";

const ROW = { provider: "Example Cloud", launched: 2012, firstService: "Storage", url: "https://cloud.example/" };

/** A document client whose answers are given, one a call; it keeps the inputs it was sent. */
function clientAnswering(...answers: readonly (object | Error)[]) {
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({ region: "eu-west-1", credentials: { accessKeyId: "AKID", secretAccessKey: "secret" } }),
  );
  const inputs: Record<string, unknown>[] = [];
  const remaining = [...answers];
  client.middlewareStack.add(
    () => async (args) => {
      inputs.push({ ...args.input });
      const answer = remaining.shift();
      if (answer instanceof Error) throw answer;
      return { output: { $metadata: {}, ...answer }, response: {} };
    },
    { step: "initialize", priority: "high", name: "givenAnswers" },
  );
  return { client, inputs };
}

test("every page is read", async () => {
  const { client, inputs } = clientAnswering(
    { Items: [ROW], LastEvaluatedKey: { provider: ROW.provider } },
    { Items: [{ ...ROW, provider: "Other Cloud" }] },
  );
  const rows = await providerTable("Providers", client).list();
  assert.deepEqual(
    rows.map((row) => row.provider),
    ["Example Cloud", "Other Cloud"],
  );
  assert.deepEqual(inputs[1]?.ExclusiveStartKey, { provider: ROW.provider });
});

test("a row is put on the condition that its key is free", async () => {
  const { client, inputs } = clientAnswering({});
  assert.equal(await providerTable("Providers", client).add(ROW), true);
  assert.equal(inputs[0]?.ConditionExpression, "attribute_not_exists(provider)");
});

test("a key that is taken is told, any other error is thrown", async () => {
  const taken = new ConditionalCheckFailedException({ $metadata: {}, message: "The conditional request failed" });
  const { client } = clientAnswering(taken, new Error("no permission"));
  const table = providerTable("Providers", client);
  assert.equal(await table.add(ROW), false);
  await assert.rejects(table.add(ROW), /no permission/);
});

test("a missing table name is an error at start", () => {
  assert.throws(() => providerTable(undefined), /TABLE_NAME/);
});
