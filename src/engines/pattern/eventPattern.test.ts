import fc from "fast-check";
import { expect, test } from "vitest";
import { matchesPattern } from "./eventPattern.ts";
import { patternFault } from "./patternFault.ts";

test.each<[object, object, boolean]>([
  [{ state: ["FAILED"] }, { state: "FAILED" }, true],
  [{ state: ["FAILED"] }, { state: "SUCCEEDED" }, false],
  [{ state: ["FAILED"] }, {}, false],
  [{ detail: { state: ["A", "B"] } }, { detail: { state: "B" } }, true],
  [{ tags: ["x"] }, { tags: ["y", "x"] }, true],
  [{ state: [{ "anything-but": ["FAILED"] }] }, { state: "SUCCEEDED" }, true],
  [{ state: [{ "anything-but": { prefix: "FA" } }] }, { state: "FAILED" }, false],
  [{ state: [{ prefix: "FA" }] }, { state: "FAILED" }, true],
  [{ state: [{ suffix: { "equals-ignore-case": "ED" } }] }, { state: "failed" }, true],
  [{ state: [{ exists: false }] }, {}, true],
  [{ state: [{ exists: false }] }, { state: null }, false],
  [{ state: [null] }, { state: null }, true],
  [{ size: [{ numeric: [">=", 1, "<", 5] }] }, { size: 4 }, true],
  [{ size: [{ numeric: [">=", 1, "<", 5] }] }, { size: 5 }, false],
  [{ ip: [{ cidr: "10.0.0.0/24" }] }, { ip: "10.0.0.9" }, true],
  [{ ip: [{ cidr: "10.0.0.0/24" }] }, { ip: "10.0.1.9" }, false],
  [{ name: [{ wildcard: "a*c*e" }] }, { name: "abcde" }, true],
  [{ name: [{ wildcard: "a*c" }] }, { name: "abcd" }, false],
  [{ state: [{ exists: true }] }, { state: { code: 1 } }, false],
  [{ $or: [{ a: [1] }, { b: [2] }] }, { b: 2 }, true],
  [{ "detail.state": ["A"] }, { detail: { state: "A" } }, true],
  [{ "detail.state": ["A"] }, { "detail.state": "A" }, true],
  [{ "detail.state": ["A"] }, { detail: { state: "B" } }, false],
  [{ detail: { state: ["A"] } }, { "detail.state": "A" }, true],
  [{ detail: { "a.b": { c: ["A"] } } }, { detail: { "a.b": { c: "A" } } }, true],
  [{ items: { id: [2] } }, { items: [[{ id: 1 }], [[{ id: 2 }]]] }, true],
  [
    { items: { id: [2], kind: ["x"] } },
    {
      items: [
        { id: 2, kind: "y" },
        { id: 1, kind: "x" },
      ],
    },
    false,
  ],
  [{ items: { id: [{ exists: false }] } }, { items: [] }, true],
  [{ items: { id: [2] } }, { items: [{ id: 1 }, { id: 2 }] }, true],
])("%j and %j: %s", (pattern, document, matches) => {
  expect(patternFault(JSON.stringify(pattern))).toBeUndefined();
  expect(matchesPattern(pattern as Record<string, unknown>, document)).toBe(matches);
});

test("a wildcard matches what the same regular expression does", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "*"), maxLength: 8 });
  fc.assert(
    fc.property(text, text, (pattern, value) => {
      const plain = value.replaceAll("*", "c");
      const expected = new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(plain);
      expect(matchesPattern({ x: [{ wildcard: pattern }] }, { x: plain })).toBe(expected);
    }),
  );
});
