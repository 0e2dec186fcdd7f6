import * as model from "@aws-sdk/client-dynamodb";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { modelOf } from "../../../wire/model.ts";
import { fromJson, toJson } from "../../../wire/protocols/json.ts";
import { validateInput } from "../../../wire/validate.ts";
import dynamodb from "../service.ts";
import { attributeValue } from "../values/valueArbitraries.ts";
import { quickReaders } from "./quickReaders.ts";

const item = fc.dictionary(fc.string({ minLength: 1, maxLength: 6 }), attributeValue, { maxKeys: 4 });
const table = fc.constantFrom("facts", "t", "arn:aws:dynamodb:us-east-1:123456789012:table/facts");
/** What is right, what is nearly right and what is not. */
const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    "",
    "TOTAL",
    "SIZE",
    "ALL_OLD",
    "total",
    "index",
    "x",
    0,
    1,
    -1,
    1.5,
    2 ** 40,
    null,
    true,
    {},
  ),
  item,
  fc.array(item, { maxLength: 2 }),
  fc.constantFrom<unknown>({ a: { S: 1 } }, { a: { S: "x", N: "1" } }, { a: {} }, { a: { B: "?" } }, { a: { L: [1] } }),
  fc.constantFrom<unknown>([{ Put: { TableName: "t", Item: {} } }], [{ Get: { TableName: "t", Key: {} } }], [{}]),
  fc.constantFrom<unknown>({ t: [{ PutRequest: { Item: {} } }] }, { t: { Keys: [{}] } }, { "": [] }, { t: [] }),
);
const names = fc.constantFrom(
  "TableName",
  "Key",
  "Item",
  "ReturnValues",
  "ReturnConsumedCapacity",
  "ReturnItemCollectionMetrics",
  "Limit",
  "Select",
  "IndexName",
  "ConsistentRead",
  "ProjectionExpression",
  "ExpressionAttributeNames",
  "ExpressionAttributeValues",
  "ConditionExpression",
  "UpdateExpression",
  "KeyConditionExpression",
  "FilterExpression",
  "ScanIndexForward",
  "Segment",
  "TotalSegments",
  "ExclusiveStartKey",
  "RequestItems",
  "TransactItems",
  "ClientRequestToken",
  "Expected",
  "Unknown",
);
const input = fc
  .record({ TableName: table, Key: item, Item: item, RequestItems: odd, TransactItems: odd })
  .chain((plain) =>
    fc.tuple(fc.subarray(Object.keys(plain)), fc.dictionary(names, odd, { maxKeys: 3 })).map(([kept, more]) => ({
      ...Object.fromEntries(Object.entries(plain).filter(([name]) => kept.includes(name))),
      ...more,
    })),
  );

const shapeOf = (operation: string) => modelOf(model).operation(operation)?.input ?? expect.fail(operation);

describe.each(Object.keys(quickReaders))("the quick reader of %s", (operation) => {
  it("takes only what the model takes, and gives the same input", () => {
    fc.assert(
      fc.property(input, (json) => {
        const quick = quickReaders[operation]?.(json);
        if (quick === undefined) return;
        const walked = fromJson(shapeOf(operation), json);
        expect(() => validateInput(dynamodb, operation, walked)).not.toThrow();
        // The same again once it is written as JSON: binary is bytes in one and base64 in the other.
        expect(toJson(shapeOf(operation), walked)).toEqual(quick);
      }),
    );
  });
});

describe("the quick readers", () => {
  it.each([
    ["GetItem", { TableName: "t", Key: { id: { S: "1" } }, ConsistentRead: true, ReturnConsumedCapacity: "TOTAL" }],
    [
      "PutItem",
      { TableName: "t", Item: { id: { S: "1" }, b: { B: "AQI=" }, l: { L: [{ M: { n: { NULL: true } } }] } } },
    ],
    [
      "UpdateItem",
      {
        TableName: "t",
        Key: { id: { S: "1" } },
        UpdateExpression: "SET a = :a",
        ExpressionAttributeValues: { ":a": { N: "1" } },
      },
    ],
    ["DeleteItem", { TableName: "t", Key: { id: { S: "1" } }, ReturnValues: "ALL_OLD" }],
    [
      "Query",
      { TableName: "t", KeyConditionExpression: "id = :i", ExpressionAttributeValues: { ":i": { S: "1" } }, Limit: 5 },
    ],
    ["Scan", { TableName: "t", Segment: 0, TotalSegments: 4 }],
    ["BatchGetItem", { RequestItems: { t: { Keys: [{ id: { S: "1" } }] } } }],
    ["BatchWriteItem", { RequestItems: { t: [{ DeleteRequest: { Key: { id: { S: "1" } } } }] } }],
    ["TransactWriteItems", { TransactItems: [{ Put: { TableName: "t", Item: { id: { S: "1" } } } }] }],
    ["TransactGetItems", { TransactItems: [{ Get: { TableName: "t", Key: { id: { S: "1" } } } }] }],
  ])("take an ordinary %s", (operation, json) => {
    expect(quickReaders[operation]?.(json)).toBe(json);
  });
});
