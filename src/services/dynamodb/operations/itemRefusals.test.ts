import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  type ScanCommandInput,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";

const schema = (HASH: string, RANGE: string) => [
  { AttributeName: HASH, KeyType: "HASH" as const },
  { AttributeName: RANGE, KeyType: "RANGE" as const },
];
const text = (S: string) => ({ S });

const withTable = async () => {
  const cloud = await testCloud();
  const client = cloud.client(DynamoDBClient);
  await client.send(
    new CreateTableCommand({
      TableName: "facts",
      AttributeDefinitions: ["a", "b", "c"].map((AttributeName) => ({ AttributeName, AttributeType: "S" as const })),
      KeySchema: schema("a", "b"),
      GlobalSecondaryIndexes: [
        { IndexName: "global", KeySchema: schema("c", "b"), Projection: { ProjectionType: "KEYS_ONLY" } },
      ],
      BillingMode: "PAY_PER_REQUEST",
    }),
  );
  return { cloud, client };
};

const invalid = (detail: string) => `One or more parameter values were invalid: ${detail}`;
const listed = (detail: string) => `1 validation error detected: ${detail}`;
const START = "The provided starting key is invalid";
const SCHEMA = "The provided key element does not match the schema";
const equals = (value: string) => ({ ComparisonOperator: "EQ" as const, AttributeValueList: [text(value)] });

describe("Query refuses", () => {
  test.each<[string, Omit<QueryCommandInput, "TableName"> & { TableName?: string }, string]>([
    [
      "both styles, in AWS's order",
      {
        KeyConditions: {},
        AttributesToGet: ["a"],
        QueryFilter: {},
        KeyConditionExpression: "a = :a",
        ProjectionExpression: "a",
        FilterExpression: "a = :a",
      },
      "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {AttributesToGet, QueryFilter, KeyConditions} Expression parameters: {ProjectionExpression, FilterExpression, KeyConditionExpression}",
    ],
    [
      "a filter before it misses the key conditions",
      { QueryFilter: { c: { ComparisonOperator: "EQ", AttributeValueList: [] } } },
      invalid("Invalid number of argument(s) for the EQ ComparisonOperator"),
    ],
    ["a repeated attribute", { AttributesToGet: ["a", "b", "a"] }, invalid("Duplicate value in attribute name: a")],
    [
      "a start's empty set, before it misses the key conditions",
      { ExclusiveStartKey: { a: { SS: [] } } },
      `${START}: ${invalid("An string set  may not be empty")}`,
    ],
    [
      "a start's number, as it stands",
      { ExclusiveStartKey: { a: { N: "x" } } },
      "The parameter cannot be converted to a numeric value: x",
    ],
    ["no key conditions", { KeyConditions: {} }, "Conditions can be of length 1 or 2 only"],
    [
      "an operator no key takes, once the table is known",
      { TableName: "facts", KeyConditions: { a: { ComparisonOperator: "NOT_NULL" } } },
      "Attempted conditional constraint is not an indexable operation",
    ],
    [
      "a start with too few names",
      { TableName: "facts", KeyConditions: { a: equals("x") }, ExclusiveStartKey: { a: text("x") } },
      START,
    ],
    [
      "a start of another type",
      { TableName: "facts", KeyConditions: { a: equals("x") }, ExclusiveStartKey: { a: { N: "1" }, b: text("x") } },
      SCHEMA,
    ],
    [
      "a start of an index that is no key of its table",
      {
        TableName: "facts",
        IndexName: "global",
        KeyConditions: { c: equals("x") },
        ExclusiveStartKey: { a: { N: "1" }, b: text("x"), c: text("x") },
      },
      `${START}: ${SCHEMA}`,
    ],
    [
      "a start in another partition",
      { TableName: "facts", KeyConditions: { a: equals("x") }, ExclusiveStartKey: { a: text("y"), b: text("x") } },
      "The provided starting key is outside query boundaries based on provided conditions",
    ],
    [
      "a start that the range key's condition leaves out",
      {
        TableName: "facts",
        KeyConditions: { a: equals("x"), b: equals("1") },
        ExclusiveStartKey: { a: text("x"), b: text("2") },
      },
      "The provided starting key does not match the range key predicate",
    ],
    [
      "a start in another partition at the one range key asked for",
      {
        TableName: "facts",
        KeyConditions: { a: equals("x"), b: equals("1") },
        ExclusiveStartKey: { a: text("y"), b: text("1") },
      },
      "The query can return at most one row and cannot be restarted",
    ],
    [
      "a legacy filter by its key",
      { TableName: "facts", KeyConditions: { a: equals("x") }, QueryFilter: { b: equals("1") } },
      "QueryFilter can only contain non-primary key attributes: Primary key attribute: b",
    ],
    [
      "an index that is not there, before conditions that fit no key",
      { TableName: "facts", KeyConditions: { x: equals("x") }, IndexName: "none" },
      "The table does not have the specified index: none",
    ],
    [
      "a projection of a count",
      { TableName: "facts", KeyConditions: { a: equals("x") }, AttributesToGet: ["a"], Select: "COUNT" },
      listed("Cannot specify the AttributesToGet when choosing to get only the Count"),
    ],
  ])("%s", async (_name, input, message) => {
    const { cloud, client } = await withTable();
    await using _ = cloud;
    await expect(client.send(new QueryCommand({ TableName: "none", ...input }))).rejects.toMatchObject({
      name: "ValidationException",
      message,
    });
  });

  test("a key condition's operands from left to right", async () => {
    const { cloud, client } = await withTable();
    await using _ = cloud;
    const refused = (KeyConditionExpression: string) =>
      client.send(new QueryCommand({ TableName: "facts", KeyConditionExpression })).catch(({ message }) => message);
    expect(await refused("a between b and size(a)")).toContain("Multiple attribute names used in one condition");
    expect(await refused("a.d > c")).toBe("KeyConditionExpressions cannot have conditions on nested attributes");
    expect(await refused("a > size(b.d)")).toBe("KeyConditionExpressions cannot contain nested operations");
  });
});

describe("Scan refuses", () => {
  test.each<[string, Omit<ScanCommandInput, "TableName"> & { TableName?: string }, string]>([
    [
      "a filter before its segments",
      { Segment: 1, ScanFilter: { c: { ComparisonOperator: "EQ", AttributeValueList: [] } } },
      invalid("Invalid number of argument(s) for the EQ ComparisonOperator"),
    ],
    ["a start that is no key", { TableName: "facts", ExclusiveStartKey: { a: text("x") } }, `${START}: ${SCHEMA}`],
    [
      "a start of an index with too few names",
      { TableName: "facts", IndexName: "global", ExclusiveStartKey: { a: text("x"), b: text("x") } },
      START,
    ],
    [
      "a look inside of a table's key",
      { TableName: "facts", FilterExpression: "a.x = :x", ExpressionAttributeValues: { ":x": text("x") } },
      "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: a",
    ],
    [
      "an attribute that a global index does not hold",
      { TableName: "facts", IndexName: "global", ProjectionExpression: "a, y, z.y" },
      invalid("Global secondary index global does not project [y, z]"),
    ],
    [
      "the same in the older way",
      { TableName: "facts", IndexName: "global", AttributesToGet: ["y"] },
      invalid("Global secondary index global does not project [y]"),
    ],
    [
      "a look inside of an index's key",
      { TableName: "facts", ProjectionExpression: "c[1]" },
      "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: IndexKey: c",
    ],
  ])("%s", async (_name, input, message) => {
    const { cloud, client } = await withTable();
    await using _ = cloud;
    await expect(client.send(new ScanCommand({ TableName: "none", ...input }))).rejects.toMatchObject({
      name: "ValidationException",
      message,
    });
  });

  test("a start from another segment", async () => {
    const { cloud, client } = await withTable();
    await using _ = cloud;
    const from = (Segment: number) =>
      client
        .send(
          new ScanCommand({
            TableName: "facts",
            Segment,
            TotalSegments: 2,
            ExclusiveStartKey: { a: text("x"), b: text("x") },
          }),
        )
        .then(
          () => "taken",
          ({ message }) => message,
        );
    expect([await from(0), await from(1)].filter((said) => said !== "taken")).toEqual([
      expect.stringMatching(
        /^The provided starting key is invalid: Invalid ExclusiveStartKey\. Please use ExclusiveStartKey with correct Segment\. TotalSegments: 2 Segment: [01]$/,
      ),
    ]);
  });
});

describe("writes and reads of items refuse", () => {
  const facts = { TableName: "facts" };
  const key = { a: text("x"), b: text("x") };
  const at = (name: string) => ({ "#n": name });
  test.each<[string, (client: DynamoDBClient) => Promise<unknown>, string]>([
    [
      "an attribute without a name",
      (client) => client.send(new GetItemCommand({ ...facts, Key: key, AttributesToGet: [""] })),
      "Empty attribute name",
    ],
    [
      "a condition on an attribute without a name",
      (client) => client.send(new PutItemCommand({ ...facts, Item: key, Expected: { "": { Exists: false } } })),
      listed("Empty attribute name"),
    ],
    [
      "an item's values before what is expected of it",
      (client) => client.send(new PutItemCommand({ ...facts, Item: { a: { SS: [] } }, Expected: { c: {} } })),
      listed(invalid("An string set  may not be empty")),
    ],
    [
      "a return value only updates have",
      (client) => client.send(new PutItemCommand({ ...facts, Item: key, ReturnValues: "ALL_NEW" })),
      listed("ReturnValues can only be ALL_OLD or NONE"),
    ],
    [
      "the same of a delete",
      (client) => client.send(new DeleteItemCommand({ ...facts, Key: key, ReturnValues: "UPDATED_OLD" })),
      listed("ReturnValues can only be ALL_OLD or NONE"),
    ],
    [
      "a range key that is too long",
      (client) => client.send(new GetItemCommand({ ...facts, Key: { ...key, b: text("x".repeat(1025)) } })),
      invalid("Aggregated size of all range keys has exceeded the size limit of 1024 bytes"),
    ],
    [
      "an update's key before its expression",
      (client) => client.send(new UpdateItemCommand({ ...facts, Key: { a: { SS: [] } }, UpdateExpression: "" })),
      listed(invalid("An string set  may not be empty")),
    ],
    [
      "an update without an expression to update by",
      (client) => client.send(new UpdateItemCommand({ ...facts, Key: key, UpdateExpression: "" })),
      listed("Invalid UpdateExpression: The expression can not be empty;"),
    ],
    [
      "what no table can be named",
      (client) => client.send(new GetItemCommand({ TableName: "a!", Key: key })),
      "2 validation errors detected: Value 'a!' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+; Value 'a!' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 3",
    ],
    [
      "a name that is too long",
      (client) => client.send(new GetItemCommand({ TableName: "a".repeat(256), Key: key })),
      listed(
        `Value '${"a".repeat(256)}' at 'tableName' failed to satisfy constraint: Member must have length less than or equal to 255`,
      ),
    ],
    [
      "an update that reads inside of an index's key",
      (client) =>
        client.send(
          new UpdateItemCommand({
            ...facts,
            Key: key,
            UpdateExpression: "SET x = list_append(y, if_not_exists(#n[1], y))",
            ExpressionAttributeNames: at("c"),
          }),
        ),
      "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: IndexKey: c",
    ],
    [
      "an update inside of an index's key",
      (client) =>
        client.send(
          new UpdateItemCommand({
            ...facts,
            Key: key,
            UpdateExpression: "REMOVE #n.x",
            ExpressionAttributeNames: at("c"),
          }),
        ),
      "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: IndexKey: c",
    ],
    [
      "an update that makes an index's key of another type",
      (client) =>
        client.send(
          new UpdateItemCommand({
            ...facts,
            Key: key,
            UpdateExpression: "SET #n = if_not_exists(#n, :n)",
            ExpressionAttributeNames: at("c"),
            ExpressionAttributeValues: { ":n": { N: "1" } },
          }),
        ),
      "The update expression attempted to update the secondary index key to unsupported type",
    ],
    [
      "an update that makes an item too large",
      (client) =>
        client.send(
          new UpdateItemCommand({
            ...facts,
            Key: key,
            UpdateExpression: "SET #n = :n",
            ExpressionAttributeNames: at("large"),
            ExpressionAttributeValues: { ":n": text("x".repeat(400 * 1024)) },
          }),
        ),
      "Item size to update has exceeded the maximum allowed size",
    ],
    [
      "a batch of one key in two orders, before its table",
      (client) =>
        client.send(new BatchGetItemCommand({ RequestItems: { none: { Keys: [key, { b: key.b, a: key.a }] } } })),
      "Provided list of item keys contains duplicates",
    ],
    [
      "an item without its key in a batch",
      (client) =>
        client.send(new BatchWriteItemCommand({ RequestItems: { facts: [{ PutRequest: { Item: { a: key.a } } }] } })),
      SCHEMA,
    ],
    [
      "nothing in a batch",
      (client) => client.send(new BatchWriteItemCommand({ RequestItems: { none: [{}] } })),
      "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
    ],
  ])("%s", async (_name, send, message) => {
    const { cloud, client } = await withTable();
    await using _ = cloud;
    await expect(send(client)).rejects.toMatchObject({ name: "ValidationException", message });
  });
});
