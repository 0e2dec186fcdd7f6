import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Item, typeOf } from "../values/attributeValue.ts";
import type { InputItem } from "../values/readValue.ts";
import { attributeValue } from "../values/valueArbitraries.ts";
import { satisfies } from "./evaluateCondition.ts";
import { prepareExpressions } from "./prepare.ts";

const ITEM: Item = {
  s: { S: "hello" },
  t: { S: "world" },
  n: { N: "5" },
  m: { N: "7" },
  bin: { B: Buffer.from("abc").toString("base64") },
  off: { BOOL: false },
  nothing: { NULL: true },
  ss: { SS: ["a", "b"] },
  ns: { NS: ["1", "2", "3"] },
  l: { L: [{ S: "a" }, { N: "1" }, { M: { deep: { N: "42" } } }] },
  doc: { M: { a: { S: "x" }, b: { M: {} } } },
};

const VALUES: InputItem = {
  ":hello": { S: "hello" },
  ":he": { S: "he" },
  ":five": { N: "5.0" },
  ":six": { N: "6" },
  ":one": { N: "1" },
  ":three": { N: "3" },
  ":a": { S: "a" },
  ":N": { S: "N" },
  ":ns": { NS: ["3", "2", "1"] },
  ":false": { BOOL: false },
  ":list": { L: [{ S: "a" }] },
};

const holds = (text: string, item: Item = ITEM): boolean => {
  const used = Object.entries(VALUES).filter(([name]) => text.match(/:\w+/g)?.includes(name));
  const { condition } = prepareExpressions({
    ConditionExpression: text,
    ...(used.length === 0 ? {} : { ExpressionAttributeValues: Object.fromEntries(used) }),
  });
  return satisfies(item, condition!);
};

test.each([
  "s = :hello",
  "n = :five",
  "n < :six AND m > :six",
  "ns = :ns",
  "off = :false",
  "s <> :he",
  "s <> n",
  "absent <> :he",
  "absent <> gone",
  "n BETWEEN :one AND :six",
  "n between :five and m",
  "n IN (:one, :five)",
  "attribute_exists(l[2].deep)",
  "attribute_not_exists(l[3])",
  "attribute_not_exists(s.a)",
  "attribute_exists(nothing)",
  "attribute_type(n, :N)",
  "begins_with(s, :he)",
  "begins_with(:hello, :he)",
  "contains(s, :he)",
  "contains(ss, :a)",
  "contains(ns, :one)",
  "contains(l, :a)",
  "size(s) = :five",
  "size(l) = :three AND size(ns) = :three AND size(bin) = :three",
  "size(doc) < :three",
  ":one < size(s)",
  "l[2].deep > :six",
  "(s = :he OR s = :hello) AND n = :five",
  "s = :he OR s = :hello AND n = :five",
  "NOT s = :he AND n = :five",
  "not not s = :hello",
  "(n) = :five",
])("%s", (text) => expect(holds(text)).toBe(true));

test.each([
  "s = :he",
  "s = :five",
  "absent = :five",
  "absent = gone",
  "absent < :five",
  "absent < gone",
  "s < :five",
  "off < n",
  "absent BETWEEN :one AND :six",
  "n BETWEEN :six AND m",
  "n BETWEEN m AND :one",
  "absent IN (:one)",
  "absent IN (gone)",
  "attribute_exists(absent)",
  "attribute_type(s, :N)",
  "attribute_type(absent, :N)",
  "begins_with(n, :he)",
  "begins_with(s, n)",
  "contains(absent, :a)",
  "contains(doc, :a)",
  "contains(s, :five)",
  "size(n) = :one",
  "size(absent) < :five",
  "NOT (s = :hello OR n = :six)",
])("not %s", (text) => expect(holds(text)).toBe(false));

describe("laws", () => {
  const any = fc.tuple(attributeValue, attributeValue);
  test("NOT inverts, AND and OR combine", () => {
    const simple = fc.constantFrom("l = r", "l < r", "attribute_exists(x)", "contains(l, r)", "size(l) > size(r)");
    fc.assert(
      fc.property(simple, simple, any, (a, b, [left, right]) => {
        const item = { l: left, r: right };
        const [isA, isB] = [holds(a, item), holds(b, item)];
        expect(holds(`NOT ${a}`, item)).toBe(!isA);
        expect(holds(`${a} AND ${b}`, item)).toBe(isA && isB);
        expect(holds(`${a} OR ${b}`, item)).toBe(isA || isB);
        expect(holds(`NOT (${a} OR NOT ${b})`, item)).toBe(!isA && isB);
      }),
    );
  });

  test("exactly one of <, = and > holds for values of one scalar type, and none of the orders else", () => {
    fc.assert(
      fc.property(any, ([l, r]) => {
        const relations = ["<", "=", ">"].filter((operator) => holds(`l ${operator} r`, { l, r }));
        const scalar = typeOf(l) === typeOf(r) && ["S", "N", "B"].includes(typeOf(l));
        if (scalar) expect(relations).toHaveLength(1);
        else expect(relations).not.toEqual(expect.arrayContaining(["<"]));
        expect(holds("l <> r", { l, r })).toBe(!relations.includes("="));
      }),
    );
  });
});
