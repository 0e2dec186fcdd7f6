import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AttributeValue } from "./attributeValue.ts";
import { beginsWith, compareStrings, compareValues, containsValue, equalValues } from "./compare.ts";
import { attributeValue } from "./valueArbitraries.ts";

const binary = (...bytes: number[]): AttributeValue => ({ B: Buffer.from(bytes).toString("base64") });

test("strings order by their UTF-8 bytes", () => {
  const text = fc.string({ unit: "binary" });
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(Math.sign(compareStrings(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
  );
  expect(compareStrings("\u{1f600}", "\uffff")).toBeGreaterThan(0);
});

test("binaries order as unsigned bytes", () => {
  expect(compareValues(binary(127), binary(128))).toBeLessThan(0);
  expect(compareValues(binary(1), binary(1, 0))).toBeLessThan(0);
});

test("values of different types, and those that have no order, do not compare", () => {
  expect(compareValues({ S: "1" }, { N: "1" })).toBeUndefined();
  expect(compareValues({ BOOL: true }, { BOOL: false })).toBeUndefined();
});

describe("equalValues", () => {
  test("every value equals its copy, and nothing that is written otherwise", () => {
    fc.assert(
      fc.property(attributeValue, attributeValue, (a, b) => {
        expect(equalValues(a, structuredClone(a))).toBe(true);
        expect(equalValues(a, b)).toBe(equalValues(b, a));
      }),
    );
  });

  test("sets in any order, in any depth", () => {
    expect(equalValues({ L: [{ M: { a: { NS: ["1", "2"] } } }] }, { L: [{ M: { a: { NS: ["2", "1"] } } }] })).toBe(
      true,
    );
    expect(equalValues({ SS: ["a"] }, { SS: ["a", "b"] })).toBe(false);
    expect(equalValues({ SS: ["1"] }, { NS: ["1"] })).toBe(false);
  });

  test("lists in their order, maps by their names", () => {
    expect(equalValues({ L: [{ N: "1" }, { N: "2" }] }, { L: [{ N: "2" }, { N: "1" }] })).toBe(false);
    expect(equalValues({ M: { a: { N: "1" } } }, { M: { b: { N: "1" } } })).toBe(false);
  });
});

test.each<[AttributeValue, AttributeValue, boolean]>([
  [{ S: "abc" }, { S: "bc" }, true],
  [{ S: "abc" }, { S: "d" }, false],
  [{ S: "1" }, { N: "1" }, false],
  [{ SS: ["a", "b"] }, { S: "b" }, true],
  [{ NS: ["1"] }, { N: "1" }, true],
  [{ NS: ["1"] }, { NS: ["1"] }, false],
  [binary(1, 2, 3), binary(2, 3), true],
  [{ L: [{ L: [] }] }, { L: [] }, true],
  [{ M: { a: { S: "a" } } }, { S: "a" }, false],
])("%j contains %j: %s", (value, part, expected) => expect(containsValue(value, part)).toBe(expected));

test("beginsWith takes strings and binaries", () => {
  expect(beginsWith({ S: "abc" }, { S: "ab" })).toBe(true);
  expect(beginsWith({ S: "abc" }, { S: "b" })).toBe(false);
  expect(beginsWith(binary(1, 2), binary(1))).toBe(true);
  expect(beginsWith(binary(1), binary(1, 2))).toBe(false);
  expect(beginsWith({ N: "12" }, { N: "1" })).toBe(false);
});
