import fc from "fast-check";
import { expect, test } from "vitest";
import type { Item } from "../values/attributeValue.ts";
import { attributeValue } from "../values/valueArbitraries.ts";
import { prepareExpressions } from "./prepare.ts";
import { project, projectionOf } from "./project.ts";

const ITEM: Item = {
  a: { M: { b: { L: [{ S: "x" }, { M: { c: { N: "1" }, d: { N: "2" } } }, { S: "z" }] }, e: { S: "e" } } },
  s: { S: "s" },
};

test.each<[string, Item]>([
  ["s, gone", { s: { S: "s" } }],
  ["a.e", { a: { M: { e: { S: "e" } } } }],
  ["a.b[0]", { a: { M: { b: { L: [{ S: "x" }] } } } }],
  ["a.b[2], a.b[0]", { a: { M: { b: { L: [{ S: "x" }, { S: "z" }] } } } }],
  ["a.b[1].c, s", { a: { M: { b: { L: [{ M: { c: { N: "1" } } }] } } }, s: { S: "s" } }],
  ["a.b[9], a.e.f, s[0], gone.x[0]", {}],
])("%s", (text, expected) => {
  const { projection } = prepareExpressions({ ProjectionExpression: text });
  expect(project(ITEM, projectionOf(projection!))).toEqual(expected);
});

test.each([
  ["a, s, a", "overlap", "[a], path two: [a]"],
  ["a.b, a.b[0]", "overlap", "[a, b], path two: [a, b, [0]]"],
  ["a.b, a[1]", "conflict", "[a, b], path two: [a, [1]]"],
])("refuses %s", (text, relation, paths) =>
  expect(() => prepareExpressions({ ProjectionExpression: text })).toThrow(
    `Invalid ProjectionExpression: Two document paths ${relation} with each other; ` +
      `must remove or rewrite one of these paths; path one: ${paths}`,
  ),
);

test("projecting every name gives the item, projecting none gives nothing", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ minLength: 1 }), attributeValue), (item) => {
      expect(project(item, projectionOf(Object.keys(item).map((name) => [name])))).toEqual(item);
      expect(project(item, projectionOf([]))).toEqual({});
    }),
  );
});
