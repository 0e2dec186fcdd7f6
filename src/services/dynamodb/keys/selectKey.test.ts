import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { KeyCondition } from "../expressions/ast.ts";
import { satisfies } from "../expressions/evaluateCondition.ts";
import { canonicalNumber } from "../values/valueArbitraries.ts";
import { encodeKey } from "./encode.ts";
import { sortRangeOf } from "./keyRange.ts";
import { type KeyDemand, type KeySchema, selectKey } from "./selectKey.ts";

const SCHEMA: KeySchema = { partition: { name: "p", type: "S" }, sort: { name: "c", type: "N" } };
const P: KeyCondition = { name: "p", operator: "=", value: { S: "a" } };
const C: KeyCondition = { name: "c", operator: "<", value: { N: "1" } };

test("puts conditions in their places, in any order", () => {
  expect(selectKey([C, P], SCHEMA)).toEqual({ partition: { S: "a" }, sort: C });
  expect(selectKey([P], SCHEMA)).toEqual({ partition: { S: "a" }, sort: undefined });
});

describe("refusals", () => {
  const partitionOnly: KeySchema = { partition: SCHEMA.partition };
  test.each<[string, readonly KeyDemand[], KeySchema, string]>([
    ["none", [], SCHEMA, "Conditions can be of length 1 or 2 only"],
    ["three", [P, C, { ...C, name: "x" }], SCHEMA, "Conditions can be of length 1 or 2 only"],
    ["only the sort key", [C], SCHEMA, "Query condition missed key schema element: p"],
    ["another attribute", [P, { ...C, name: "x" }], SCHEMA, "Query condition missed key schema element: c"],
    ["a range of partitions", [{ ...C, name: "p", value: { S: "a" } }], SCHEMA, "Query key condition not supported"],
    ["a sort key that is not there", [P, C], partitionOnly, "Query key condition not supported"],
    [
      "an operator that finds no key",
      [{ name: "p", operator: "UNINDEXABLE" }],
      SCHEMA,
      "Attempted conditional constraint is not an indexable operation",
    ],
    [
      "another type",
      [{ ...P, value: { N: "1" } }],
      SCHEMA,
      "One or more parameter values were invalid: Condition parameter type does not match schema type",
    ],
    [
      "an empty key",
      [{ ...P, value: { S: "" } }],
      SCHEMA,
      "One or more parameter values were invalid: The AttributeValue for a key attribute cannot contain an empty string value. Key: p",
    ],
  ])("%s", (_, conditions, schema, message) =>
    expect(() => selectKey(conditions, schema)).toThrow(
      expect.objectContaining({ name: "ValidationException", message }),
    ),
  );
});

test("a sort range holds exactly the keys that satisfy its condition", () => {
  const operator = fc.constantFrom("=", "<", "<=", ">", ">=" as const);
  fc.assert(
    fc.property(operator, canonicalNumber, canonicalNumber, (comparator, bound, key) => {
      const condition = { name: "c", operator: comparator, value: { N: bound } } as const;
      const { gt, gte, lt, lte } = sortRangeOf(condition);
      const encoded = encodeKey({ N: key });
      const within =
        (gt === undefined || Buffer.compare(encoded, gt) > 0) &&
        (gte === undefined || Buffer.compare(encoded, gte) >= 0) &&
        (lt === undefined || Buffer.compare(encoded, lt) < 0) &&
        (lte === undefined || Buffer.compare(encoded, lte) <= 0);
      const left = { kind: "path", path: ["c"] } as const;
      const right = { kind: "value", value: { N: bound } } as const;
      expect(within).toBe(satisfies({ c: { N: key } }, { kind: "compare", operator: comparator, left, right }));
    }),
  );
});
