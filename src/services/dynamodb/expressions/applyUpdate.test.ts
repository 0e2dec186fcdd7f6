import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AttributeValue, Item } from "../values/attributeValue.ts";
import type { InputItem } from "../values/readValue.ts";
import { attributeValue } from "../values/valueArbitraries.ts";
import { applyUpdate, createsItem } from "./applyUpdate.ts";
import type { Update } from "./ast.ts";
import { prepareExpressions } from "./prepare.ts";

const VALUES: InputItem = {
  ":n": { N: "2" },
  ":s": { S: "new" },
  ":l": { L: [{ N: "9" }] },
  ":ss": { SS: ["b", "c"] },
  ":big": { N: "9e125" },
};

const updateOf = (text: string): Update => {
  const used = Object.entries(VALUES).filter(([name]) => text.match(/:\w+/g)?.includes(name));
  const { update } = prepareExpressions({
    UpdateExpression: text,
    ...(used.length === 0 ? {} : { ExpressionAttributeValues: Object.fromEntries(used) }),
  });
  return update!;
};

const numbers = (...values: number[]): AttributeValue => ({ L: values.map((value) => ({ N: String(value) })) });
const KEY: Item = { p: { S: "key" } };

describe("behaviour", () => {
  test.each<[string, Item, Item]>([
    ["SET a = :s", {}, { a: { S: "new" } }],
    ["SET a = :s", { a: { N: "1" }, b: { N: "1" } }, { a: { S: "new" }, b: { N: "1" } }],
    ["SET a = b, b = a", { a: { N: "1" }, b: { N: "2" } }, { a: { N: "2" }, b: { N: "1" } }],
    ["REMOVE a SET b = a", { a: { N: "1" } }, { b: { N: "1" } }],
    ["set a = a + :n", { a: { N: "0.5" } }, { a: { N: "2.5" } }],
    ["SET a = :n - a", { a: { N: "5" } }, { a: { N: "-3" } }],
    ["SET a = if_not_exists(a, :n) + :n", {}, { a: { N: "4" } }],
    ["SET a = if_not_exists(b, if_not_exists(c, :n))", { c: { S: "c" } }, { a: { S: "c" }, c: { S: "c" } }],
    ["SET a = list_append(if_not_exists(a, :l), :l)", {}, { a: numbers(9, 9) }],
    ["SET a = list_append(:l, a)", { a: numbers(1) }, { a: numbers(9, 1) }],
    [
      "SET m.a.b = :n",
      { m: { M: { a: { M: {} }, x: { N: "1" } } } },
      { m: { M: { a: { M: { b: { N: "2" } } }, x: { N: "1" } } } },
    ],
    [
      "SET m.a = :n, m.b = :n REMOVE m.c",
      { m: { M: { c: { N: "1" } } } },
      { m: { M: { a: { N: "2" }, b: { N: "2" } } } },
    ],
    ["SET a[1] = :n", { a: numbers(1, 1, 1) }, { a: numbers(1, 2, 1) }],
    ["SET a[7] = :n, a[5] = b", { a: numbers(1), b: { N: "5" } }, { a: numbers(1, 5, 2), b: { N: "5" } }],
    ["REMOVE a[1] SET a[3] = :n", { a: numbers(2, 3, 4, 5, 6, 7) }, { a: numbers(2, 4, 2, 6, 7) }],
    ["REMOVE a[0], a[1], a[17]", { a: numbers(1, 2) }, { a: numbers() }],
    ["REMOVE m.a, gone", { m: { M: { a: { N: "1" } } } }, { m: { M: {} } }],
    [
      "ADD a :n, b :n, m.c :n",
      { a: { N: "1" }, m: { M: {} } },
      { a: { N: "3" }, b: { N: "2" }, m: { M: { c: { N: "2" } } } },
    ],
    ["ADD a :ss", { a: { SS: ["a", "b"] } }, { a: { SS: ["a", "b", "c"] } }],
    ["ADD a :ss", {}, { a: { SS: ["b", "c"] } }],
    ["DELETE a :ss", { a: { SS: ["a", "b"] } }, { a: { SS: ["a"] } }],
    ["DELETE a :ss, b :ss", { a: { SS: ["b"] } }, {}],
  ])("%s", (text, item, expected) => {
    const before = structuredClone(item);
    expect(applyUpdate(updateOf(text), item)).toEqual(expected);
    expect(item).toEqual(before);
  });

  test("removing within an item that does not exist is no error and makes none", () => {
    const update = updateOf("REMOVE m.a, b DELETE c.d :ss");
    expect(applyUpdate(update, KEY, true)).toEqual(KEY);
    expect(createsItem(update)).toBe(false);
    expect(createsItem(updateOf("REMOVE b ADD a :n"))).toBe(true);
    expect(createsItem({ actions: [], mismatch: "" })).toBe(true);
  });

  test("what an update sets is there, and nothing else changes", () => {
    const item = fc.dictionary(fc.constantFrom("a", "b", "c", "__proto__"), attributeValue);
    fc.assert(
      fc.property(item, attributeValue, (before, value) => {
        const update: Update = {
          actions: [{ kind: "set", path: ["b"], value: { kind: "value", value } }],
          mismatch: "",
        };
        const after = applyUpdate(update, before);
        expect(after["b"]).toEqual(value);
        expect({ ...after, b: null }).toEqual({ ...before, b: null });
      }),
    );
  });
});

describe("refusals", () => {
  const missing = "The provided expression refers to an attribute that does not exist in the item";
  const mismatch = "An operand in the update expression has an incorrect data type";
  const badPath = "The document path provided in the update expression is invalid for update";
  test.each<[string, Item, string]>([
    ["SET a = b", {}, missing],
    ["SET a = :n, b = a", {}, missing],
    ["SET a = a + :n", {}, missing],
    ["SET a = a + :n", { a: { S: "1" } }, mismatch],
    ["SET a = list_append(a, :l)", { a: { SS: ["a"] } }, mismatch],
    ["ADD a :n", { a: { S: "1" } }, mismatch],
    ["ADD a :ss", { a: { NS: ["1"] } }, mismatch],
    ["DELETE a :ss", { a: { NS: ["1"] } }, mismatch],
    ["SET a.b = :n", {}, badPath],
    ["SET a.b = :n", { a: { S: "a" } }, badPath],
    ["SET a.b = :n", { a: numbers(1) }, badPath],
    ["SET a[0] = :n", { a: { M: {} } }, badPath],
    ["SET a[5].b = :n", { a: numbers(1) }, badPath],
    ["REMOVE a.b", {}, badPath],
    [
      "SET a = a + :big",
      { a: { N: `9${"0".repeat(125)}` } },
      "Number overflow. Attempting to store a number with magnitude larger than supported range",
    ],
  ])("%s", (text, item, message) =>
    expect(() => applyUpdate(updateOf(text), item)).toThrow(
      expect.objectContaining({ name: "ValidationException", message }),
    ),
  );
});
