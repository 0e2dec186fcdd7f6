import { describe, expect, test } from "vitest";
import { applyUpdate, createsItem } from "../expressions/applyUpdate.ts";
import { satisfies } from "../expressions/evaluateCondition.ts";
import type { Item } from "../values/attributeValue.ts";
import { type AttributeUpdateInput, updateOf } from "./attributeUpdates.ts";
import { type ConditionInput, filterOf, keyConditionsOf } from "./conditions.ts";
import { assertOneStyle } from "./exclusive.ts";
import { type ExpectedInput, expectedCondition } from "./expected.ts";

const ITEM: Item = { s: { S: "hello" }, n: { N: "5" }, ss: { SS: ["a", "b"] }, no: { BOOL: false } };
const validation = (message: string) => expect.objectContaining({ name: "ValidationException", message });

describe("filters", () => {
  test.each<[string, ConditionInput, boolean]>([
    ["s", { ComparisonOperator: "EQ", AttributeValueList: [{ S: "hello" }] }, true],
    ["no", { ComparisonOperator: "EQ", AttributeValueList: [{ BOOL: false }] }, true],
    ["gone", { ComparisonOperator: "NE", AttributeValueList: [{ S: "hello" }] }, true],
    ["n", { ComparisonOperator: "LE", AttributeValueList: [{ N: "5.0" }] }, true],
    ["n", { ComparisonOperator: "GT", AttributeValueList: [{ N: "5" }] }, false],
    ["n", { ComparisonOperator: "IN", AttributeValueList: [{ N: "4" }, { N: "5" }] }, true],
    ["n", { ComparisonOperator: "BETWEEN", AttributeValueList: [{ N: "4" }, { N: "6" }] }, true],
    ["s", { ComparisonOperator: "BEGINS_WITH", AttributeValueList: [{ S: "he" }] }, true],
    ["ss", { ComparisonOperator: "CONTAINS", AttributeValueList: [{ S: "a" }] }, true],
    ["ss", { ComparisonOperator: "NOT_CONTAINS", AttributeValueList: [{ S: "z" }] }, true],
    ["gone", { ComparisonOperator: "NOT_CONTAINS", AttributeValueList: [{ S: "z" }] }, false],
    ["gone", { ComparisonOperator: "NULL" }, true],
    ["no", { ComparisonOperator: "NOT_NULL", AttributeValueList: [] }, true],
  ])("%s %j: %s", (name, input, expected) => {
    expect(satisfies(ITEM, filterOf({ [name]: input }, undefined)!)).toBe(expected);
  });

  test.each<[ConditionInput, string]>([
    [
      { ComparisonOperator: "EQ", AttributeValueList: [{ S: "a" }, { S: "b" }] },
      "One or more parameter values were invalid: Invalid number of argument(s) for the EQ ComparisonOperator",
    ],
    [
      { ComparisonOperator: "IN", AttributeValueList: [{ S: "a" }, { N: "1" }] },
      "One or more parameter values were invalid: AttributeValues inside AttributeValueList must be of same type",
    ],
    [
      { ComparisonOperator: "BEGINS_WITH", AttributeValueList: [{ N: "1" }] },
      "One or more parameter values were invalid: ComparisonOperator BEGINS_WITH is not valid for N AttributeValue type",
    ],
    [
      { ComparisonOperator: "BETWEEN", AttributeValueList: [{ N: "2" }, { N: "1" }] },
      "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound",
    ],
    [
      { ComparisonOperator: "EQ", AttributeValueList: [{ N: "x" }] },
      "The parameter cannot be converted to a numeric value: x",
    ],
  ])("refuses %j", (input, message) => expect(() => filterOf({ a: input }, undefined)).toThrow(validation(message)));

  test("join with AND unless told OR", () => {
    const two: Record<string, ConditionInput> = {
      s: { ComparisonOperator: "NOT_NULL" },
      gone: { ComparisonOperator: "NOT_NULL" },
    };
    expect(satisfies(ITEM, filterOf(two, undefined)!)).toBe(false);
    expect(satisfies(ITEM, filterOf(two, "OR")!)).toBe(true);
    expect(filterOf({}, undefined)).toBeUndefined();
    expect(() => filterOf({}, "OR")).toThrow("ConditionalOperator cannot be used without Filter or Expected");
    expect(() => filterOf({ s: { ComparisonOperator: "NULL" } }, "OR")).toThrow(
      "ConditionalOperator can only be used when Filter or Expected has two or more elements",
    );
  });
});

describe("expected", () => {
  test.each<[ExpectedInput, boolean]>([
    [{ Value: { S: "hello" } }, true],
    [{ Value: { S: "hello" }, Exists: true }, true],
    [{ Exists: false }, false],
    [{ ComparisonOperator: "GE", AttributeValueList: [{ S: "he" }] }, true],
    [{ ComparisonOperator: "GE", Value: { S: "he" } }, true],
  ])("%j: %s", (input, expected) =>
    expect(satisfies(ITEM, expectedCondition({ s: input }, undefined)!)).toBe(expected),
  );

  test.each<[ExpectedInput, string]>([
    [{}, "Value must be provided when Exists is null for Attribute: a"],
    [{ Exists: true }, "Value must be provided when Exists is true for Attribute: a"],
    [{ Exists: false, Value: { S: "" } }, "Value cannot be used when Exists is false for Attribute: a"],
    [
      { Value: { S: "" }, AttributeValueList: [] },
      "Value and AttributeValueList cannot be used together for Attribute: a",
    ],
    [{ AttributeValueList: [] }, "AttributeValueList can only be used with a ComparisonOperator for Attribute: a"],
    [
      { ComparisonOperator: "EQ", Exists: true },
      "Exists and ComparisonOperator cannot be used together for Attribute: a",
    ],
    [
      { ComparisonOperator: "LT" },
      "Value or AttributeValueList must be used with ComparisonOperator: LT for Attribute: a",
    ],
  ])("refuses %j", (input, message) =>
    expect(() => expectedCondition({ a: input }, undefined)).toThrow(
      validation(`One or more parameter values were invalid: ${message}`),
    ),
  );
});

describe("attribute updates", () => {
  test.each<[AttributeUpdateInput, Item, Item]>([
    [{ Value: { N: "1" } }, {}, { a: { N: "1" } }],
    [{ Action: "ADD", Value: { N: "1" } }, { a: { N: "2" } }, { a: { N: "3" } }],
    [{ Action: "ADD", Value: { L: [{ N: "1" }] } }, { a: { L: [] } }, { a: { L: [{ N: "1" }] } }],
    [{ Action: "DELETE" }, { a: { N: "1" } }, {}],
    [{ Action: "DELETE", Value: { SS: ["x"] } }, { a: { SS: ["x", "y"] } }, { a: { SS: ["y"] } }],
  ])("%j", (input, item, expected) => expect(applyUpdate(updateOf({ a: input }), item)).toEqual(expected));

  test("a dot is part of a name, and deleting makes no item", () => {
    expect(applyUpdate(updateOf({ "a.b": { Value: { S: "" } } }), {})).toEqual({ "a.b": { S: "" } });
    expect(createsItem(updateOf({ a: { Action: "DELETE" } }))).toBe(false);
  });

  test.each<[AttributeUpdateInput, string]>([
    [{}, "Only DELETE action is allowed when no attribute value is specified"],
    [{ Action: "ADD", Value: { S: "a" } }, "ADD action is not supported for the type S"],
    [{ Action: "DELETE", Value: { L: [] } }, "DELETE action with value is not supported for the type L"],
  ])("refuses %j", (input, message) =>
    expect(() => updateOf({ a: input })).toThrow(validation(`One or more parameter values were invalid: ${message}`)),
  );

  test("refuses what does not fit the item", () => {
    const update = updateOf({ a: { Action: "ADD", Value: { SS: ["x"] } } });
    expect(() => applyUpdate(update, { a: { N: "1" } })).toThrow(validation("Type mismatch for attribute to update"));
  });
});

test("key conditions", () => {
  expect(
    keyConditionsOf({
      p: { ComparisonOperator: "EQ", AttributeValueList: [{ S: "a" }] },
      c: { ComparisonOperator: "BETWEEN", AttributeValueList: [{ N: "1" }, { N: "2" }] },
    }),
  ).toEqual([
    { name: "p", operator: "=", value: { S: "a" } },
    { name: "c", operator: "BETWEEN", low: { N: "1" }, high: { N: "2" } },
  ]);
  expect(keyConditionsOf({ p: { ComparisonOperator: "NOT_NULL" } })).toEqual([{ name: "p", operator: "UNINDEXABLE" }]);
});

describe("styles do not mix", () => {
  const query = {
    expressions: ["ProjectionExpression", "FilterExpression", "KeyConditionExpression"],
    legacy: ["AttributesToGet", "QueryFilter", "ConditionalOperator", "KeyConditions"],
  } as const;
  test.each<[Record<string, unknown>, string]>([
    [
      { AttributesToGet: [], KeyConditions: {}, FilterExpression: "", KeyConditionExpression: "" },
      "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {AttributesToGet, KeyConditions} Expression parameters: {FilterExpression, KeyConditionExpression}",
    ],
    [{ ExpressionAttributeNames: {} }, "ExpressionAttributeNames can only be specified when using expressions"],
    [
      { ExpressionAttributeValues: {}, ProjectionExpression: "" },
      "ExpressionAttributeValues can only be specified when using expressions: FilterExpression and KeyConditionExpression are null",
    ],
  ])("%j", (input, message) => expect(() => assertOneStyle(input, query)).toThrow(validation(message)));

  test("but KeyConditions go with a filter expression", () => {
    expect(() => assertOneStyle({ KeyConditions: {}, FilterExpression: "" }, query)).not.toThrow();
  });
});
