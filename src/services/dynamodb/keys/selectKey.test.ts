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
  expect(selectKey([C, P], SCHEMA)).toEqual({ fixed: [{ S: "a" }], sort: C });
  expect(selectKey([P], SCHEMA)).toEqual({ fixed: [{ S: "a" }], sort: undefined });
});

describe("several attributes of a kind", () => {
  const of = (name: string) => ({ name, type: "S" as const });
  const schema: KeySchema = { partition: of("p"), furtherPartition: [of("q")], sort: of("s"), furtherSort: [of("t")] };
  const equal = (name: string): KeyCondition => ({ name, operator: "=", value: { S: name } });
  const range = (name: string): KeyCondition => ({ name, operator: ">", value: { S: name } });

  test("partitions and the first sort attributes are fixed, the last may be a range", () => {
    const fixed = [{ S: "p" }, { S: "q" }];
    expect(selectKey([equal("q"), equal("p")], schema)).toEqual({ fixed, sort: undefined });
    expect(selectKey([range("s"), equal("q"), equal("p")], schema)).toEqual({ fixed, sort: range("s") });
    expect(selectKey(["p", "q", "s"].map(equal).concat(range("t")), schema)).toEqual({
      fixed: [...fixed, { S: "s" }],
      sort: range("t"),
    });
  });

  test.each([
    [
      "a part of the partition",
      [equal("p")],
      "HASH key attributes q must have equality conditions specified in the query",
    ],
    [
      "a gap",
      [equal("p"), equal("q"), equal("t")],
      "RANGE key attributes s must have equality conditions specified in the query because a condition is present on key attribute t",
    ],
    [
      "a range that is not the last",
      [equal("p"), equal("q"), range("s"), equal("t")],
      "RANGE key attributes s must have equality conditions specified in the query because a condition is present on key attribute t",
    ],
  ])("%s is refused", (_, conditions, message) => expect(() => selectKey(conditions, schema)).toThrow(message));
});

describe("refusals", () => {
  const partitionOnly: KeySchema = { partition: SCHEMA.partition };
  test.each<[string, readonly KeyDemand[], KeySchema, string]>([
    [
      "three",
      [P, C, { ...C, name: "x" }],
      SCHEMA,
      "The number of query conditions (3) exceeds the number of key attributes defined in the schema (2)",
    ],
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
