import { describe, expect, test } from "vitest";
import { fromJson, type SourceValue, toJson } from "../values/convert.ts";
import { any, decimal, dict, flag, mapOf, may, must, object, type Shape, ShapeProblems, text, whole } from "./shape.ts";

const read = (shape: Shape, value: SourceValue): unknown => {
  const result = shape(fromJson(value), ["P"]);
  return result instanceof ShapeProblems
    ? result.list.map(({ path, message }) => `${path.join(".")} ${message}`)
    : toJson(result);
};

describe("a shape", () => {
  test.each<[string, Shape, SourceValue, unknown]>([
    ["text of a number", text, 5, "5"],
    ["text of a boolean", text, true, "True"],
    ["a whole number of text", whole, " 42 ", 42],
    ["a whole number of a decimal", whole, 1.5, 1],
    ["a decimal of text", decimal, "1.5e1", 15],
    ["a boolean of a word", flag, "yes", true],
    ["a boolean of a number", flag, 0, false],
    ["a map of nothing", dict, [], {}],
    ["a map of empty text", dict, "", {}],
    ["a map of pairs", dict, [["a", 1], "bc"], { a: 1, b: "c" }],
  ])("reads %s", (_name, shape, value, expected) => {
    expect(read(shape, value)).toEqual(expected);
  });

  test.each<[string, Shape, SourceValue]>([
    ["a list for text", text, ["a"]],
    ["a word for a whole number", whole, "a"],
    ["a hexadecimal for a decimal", decimal, "0x10"],
    ["a word for a boolean", flag, "maybe"],
    ["a list of no pairs for a map", dict, ["abc"]],
    ["a number for a map", mapOf(any), 5],
  ])("refuses %s", (_name, shape, value) => {
    expect(read(shape, value)).toEqual([expect.stringMatching(/^P /)]);
  });

  test("names each field that is wrong by its path", () => {
    const shape = object({ Needed: must(any), Inner: may(object({ Size: may(whole) })) });
    expect(read(shape, { Inner: { Size: "a" }, Other: 1 })).toEqual([
      "P.Needed field required",
      "P.Inner.Size value is not a valid integer",
      "P.Other extra fields not permitted",
    ]);
  });
});
