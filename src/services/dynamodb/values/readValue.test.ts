import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AttributeValue, attributeOf } from "./attributeValue.ts";
import { type InputValue, readItem, readValue } from "./readValue.ts";
import { attributeValue } from "./valueArbitraries.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("refusals", () => {
  test.each<[string, InputValue, string]>([
    ["nothing", {}, "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"],
    [
      "two types",
      { S: "a", BOOL: true },
      "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
    ],
    ["a fault in one of two types", { S: "a", N: "" }, "The parameter cannot be converted to a numeric value"],
    [
      "NULL that is false",
      { NULL: false },
      "One or more parameter values were invalid: Null attribute value types must have the value of true",
    ],
    ["no strings", { SS: [] }, "One or more parameter values were invalid: An string set  may not be empty"],
    ["no numbers", { NS: [] }, "One or more parameter values were invalid: An number set  may not be empty"],
    ["no binaries", { BS: [] }, "One or more parameter values were invalid: Binary sets should not be empty"],
    [
      "a string twice",
      { SS: ["a", "a"] },
      "One or more parameter values were invalid: Input collection [a, a] contains duplicates.",
    ],
    ["a number twice", { NS: ["1", "1.0"] }, "Input collection contains duplicates"],
    [
      "a binary twice",
      { BS: [bytes("b"), bytes("b")] },
      "One or more parameter values were invalid: Input collection [Yg==, Yg==]of type BS contains duplicates.",
    ],
    [
      "a fault within a list",
      { L: [{ M: { a: { N: "x" } } }] },
      "The parameter cannot be converted to a numeric value: x",
    ],
    ["an empty name", { M: { "": { S: "a" } } }, "Empty attribute name"],
    ["a long name", { M: { ["é".repeat(32768)]: { S: "a" } } }, "An attribute name must be less than 64 KB long"],
  ])("%s", (_, input, message) =>
    expect(() => readValue(input)).toThrow(expect.objectContaining({ name: "ValidationException", message })),
  );

  test("more than 32 levels", () => {
    const nested = (levels: number): InputValue => (levels === 1 ? { S: "leaf" } : { L: [nested(levels - 1)] });
    expect(readItem({ a: nested(32) })).toBeDefined();
    expect(() => readItem({ a: nested(33) })).toThrow("Nesting Levels have exceeded supported limits");
  });
});

describe("behaviour", () => {
  test("brings values to their canonical form", () => {
    expect(readItem({ n: { N: "1e2" }, b: { B: bytes("b") }, ns: { NS: ["1.50"] }, e: { S: "" } })).toEqual({
      n: { N: "100" },
      b: { B: "Yg==" },
      ns: { NS: ["1.5"] },
      e: { S: "" },
    });
  });

  test("keeps names that objects have by nature", () => {
    const item = readItem(JSON.parse('{"__proto__":{"S":"a"},"constructor":{"N":"1"}}'));
    expect(attributeOf(item, "__proto__")).toEqual({ S: "a" });
    expect(attributeOf(item, "constructor")).toEqual({ N: "1" });
    expect(attributeOf(item, "toString")).toBeUndefined();
    expect(JSON.stringify(item)).toBe('{"__proto__":{"S":"a"},"constructor":{"N":"1"}}');
  });

  test("leaves what is canonical as it is", () => {
    fc.assert(
      fc.property(attributeValue, (value) => {
        expect(readValue(inputOf(value))).toEqual(value);
      }),
    );
  });
});

const inputOf = (value: AttributeValue): InputValue => {
  if ("B" in value) return { B: Buffer.from(value.B, "base64") };
  if ("BS" in value) return { BS: value.BS.map((element) => Buffer.from(element, "base64")) };
  if ("L" in value) return { L: value.L.map(inputOf) };
  if (!("M" in value)) return value;
  return { M: Object.fromEntries(Object.entries(value.M).map(([name, member]) => [name, inputOf(member)])) };
};
