import fc from "fast-check";
import { expect, test } from "vitest";
import type { Condition, Operand } from "../expressions/ast.ts";
import { satisfies } from "../expressions/evaluateCondition.ts";
import { encodeKey } from "../keys/encode.ts";
import { type SortRange, sortRangeOf } from "../keys/keyRange.ts";
import type { KeySchema } from "../keys/selectKey.ts";
import { type AttributeValue, attributeOf, type Item } from "../values/attributeValue.ts";
import { type Plan, planOf } from "./plan.ts";

const ONE: KeySchema = { partition: { name: "p", type: "S" }, sort: { name: "r", type: "N" } };
const TWO: KeySchema = { ...ONE, furtherPartition: [{ name: "q", type: "N" }] };

// Few values, so that conditions are often met.
const text = fc.constantFrom("a", "ab", "b").map((S): AttributeValue => ({ S }));
const number = fc.constantFrom("1", "2", "3").map((N): AttributeValue => ({ N }));
const item: fc.Arbitrary<Item> = fc.record({ p: text, q: number, r: number, x: fc.oneof(text, number) });

const value = (of: fc.Arbitrary<AttributeValue>): fc.Arbitrary<Operand> =>
  of.map((each) => ({ kind: "value", value: each }));
const path = (name: string): Operand => ({ kind: "path", path: [name] });

const leafOn = (name: string, of: fc.Arbitrary<AttributeValue>): fc.Arbitrary<Condition> => {
  const operator = fc.constantFrom("=", "=", "<>", "<", "<=", ">", ">=");
  return fc.oneof(
    fc.record({ kind: fc.constant("compare"), operator, left: fc.constant(path(name)), right: value(of) }),
    fc.record({ kind: fc.constant("compare"), operator, left: value(of), right: fc.constant(path(name)) }),
    fc.record({ kind: fc.constant("between"), operand: fc.constant(path(name)), low: value(of), high: value(of) }),
    fc.record({
      kind: fc.constant("in"),
      operand: fc.constant(path(name)),
      others: fc.array(value(of), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant("beginsWith"), operand: fc.constant(path(name)), part: value(text) }),
  );
};

const condition = fc.letrec<{ whole: Condition }>((tie) => ({
  whole: fc.oneof(
    { maxDepth: 4, depthSize: "medium" },
    leafOn("p", text),
    leafOn("q", number),
    leafOn("r", number),
    leafOn("x", fc.oneof(text, number)),
    fc.record({ kind: fc.constantFrom("and", "and", "or"), left: tie("whole"), right: tie("whole") }),
    fc.record({ kind: fc.constant("not"), condition: tie("whole") }),
  ),
})).whole;

const isWithin = (key: Uint8Array, { gt, gte, lt, lte }: SortRange): boolean =>
  (!gt || Buffer.compare(key, gt) > 0) &&
  (!gte || Buffer.compare(key, gte) >= 0) &&
  (!lt || Buffer.compare(key, lt) < 0) &&
  (!lte || Buffer.compare(key, lte) <= 0);

/** Whether a plan comes upon an item and keeps it. */
const isFound = ({ partitions, sort, filter }: Plan, schema: KeySchema, found: Item): boolean => {
  const at = (name: string) => encodeKey(attributeOf(found, name) ?? { S: "" });
  const names = [schema.partition, ...(schema.furtherPartition ?? [])].map(({ name }) => name);
  const isRead =
    partitions === undefined ||
    partitions.some((values) =>
      values.every((each, place) => Buffer.compare(encodeKey(each), at(names[place] ?? "")) === 0),
    );
  return isRead && (!sort || isWithin(at("r"), sortRangeOf(sort))) && (!filter || satisfies(found, filter));
};

test.each([
  ["one attribute", ONE],
  ["two attributes", TWO],
])("whatever is asked, a plan finds what the condition says, with a partition of %s", (_name, schema) => {
  fc.assert(
    fc.property(condition, fc.array(item, { minLength: 1, maxLength: 8 }), (where, items) => {
      const plan = planOf(where, schema);
      expect(items.filter((each) => isFound(plan, schema, each))).toEqual(
        items.filter((each) => satisfies(each, where)),
      );
    }),
    { numRuns: 500 },
  );
});

test("what names its partition is not scanned for", () => {
  const is = (name: string, of: AttributeValue): Condition => ({
    kind: "compare",
    operator: "=",
    left: path(name),
    right: { kind: "value", value: of },
  });
  const either: Condition = { kind: "or", left: is("p", { S: "a" }), right: is("p", { S: "b" }) };
  expect(planOf(either, ONE)).toEqual({ partitions: [[{ S: "a" }], [{ S: "b" }]], sort: undefined, filter: undefined });
  expect(planOf(either, TWO).partitions).toBeUndefined();
  expect(planOf({ kind: "and", left: either, right: is("q", { N: "1" }) }, TWO).partitions).toEqual([
    [{ S: "a" }, { N: "1" }],
    [{ S: "b" }, { N: "1" }],
  ]);
  expect(planOf({ kind: "or", left: either, right: is("x", { N: "1" }) }, ONE).partitions).toBeUndefined();
});
