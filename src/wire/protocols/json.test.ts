import * as dynamodb from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { modelOf } from "../model.ts";
import { fromJson } from "./json.ts";

const typePackage = "com.amazonaws.dynamodb.v20120810";
const read = (operation: string, json: unknown) => {
  const shape = modelOf(dynamodb).operation(operation)?.input ?? expect.fail(operation);
  return fromJson(shape, json, { useJsonName: false, typePackage });
};
const put = (value: unknown) => read("PutItem", { Item: { a: value } });

describe("JSON that does not fit its model is refused in AWS's words", () => {
  it.each<[unknown, string]>([
    [true, "TRUE_VALUE cannot be converted to String"],
    [false, "FALSE_VALUE cannot be converted to String"],
    [1, "NUMBER_VALUE cannot be converted to String"],
    [1.5, "DECIMAL_VALUE cannot be converted to String"],
    [[], "Unrecognized collection type class java.lang.String"],
    [{}, "Start of structure or map found where not expected"],
  ])("%j for a string", (S, message) => {
    expect(() => put({ S })).toThrow(message);
  });

  it.each<[unknown, string]>([
    [1, "NUMBER_VALUE cannot be converted to Boolean"],
    ["perhaps", "Unexpected token received from parser"],
    [[], "Unrecognized collection type class java.lang.Boolean"],
  ])("%j for a boolean", (BOOL, message) => {
    expect(() => put({ BOOL })).toThrow(message);
  });

  it.each<[unknown, string]>([
    [1, "only base-64-encoded strings are convertible to bytes"],
    [[], "Unrecognized collection type class java.nio.ByteBuffer"],
    ["abcde", "Base64 encoded length is expected a multiple of 4 bytes but found: 5"],
    ["YQ=a", "Invalid last non-pad Base64 character dectected"],
    ["YR==", "Invalid last non-pad Base64 character dectected"],
  ])("%j for bytes", (B, message) => {
    expect(() => put({ B })).toThrow(message);
  });

  it.each<[string, unknown, string]>([
    ["a text for a list", { a: { SS: "x" } }, "Unexpected field type"],
    ["a map for a list", { a: { SS: {} } }, "Start of structure or map found where not expected"],
    ["a text for a map", "x", "Unexpected field type"],
    [
      "a list for a map",
      [],
      `Unrecognized collection type java.util.Map<java.lang.String, ${typePackage}.AttributeValue>`,
    ],
    ["a text for a structure in a map", { a: "x" }, "Unexpected value type in payload"],
    ["a list for a structure in a map", { a: [] }, `Unrecognized collection type class ${typePackage}.AttributeValue`],
  ])("%s", (_name, Item, message) => {
    expect(() => read("PutItem", { Item })).toThrow(message);
  });

  it("a text for a list in a map", () => {
    expect(() => read("BatchWriteItem", { RequestItems: { a: "x" } })).toThrow("ParameterizedTypeImpl cannot be cast");
    expect(() => read("BatchWriteItem", { RequestItems: [] })).toThrow(
      `java.util.Map<java.lang.String, java.util.List<${typePackage}.WriteRequest>>`,
    );
  });

  it("takes the texts that AWS takes for booleans", () => {
    const said = ["true", "YES", "1", "False", "no", "0"].map((BOOL) => put({ BOOL }));
    expect(said).toEqual([true, true, true, false, false, false].map((BOOL) => ({ Item: { a: { BOOL } } })));
  });
});
