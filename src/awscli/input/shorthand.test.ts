import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseShorthand, ShorthandError } from "./shorthand.ts";

describe("shorthand", () => {
  it.each([
    ["Key=a,Value=b", { Key: "a", Value: "b" }],
    ["Name=x,Values=1,2,Other=y", { Name: "x", Values: ["1", "2"], Other: "y" }],
    ["AttributeName=id,AttributeType=S", { AttributeName: "id", AttributeType: "S" }],
    ["A={B=c,D=[e,f]},G=h", { A: { B: "c", D: ["e", "f"] }, G: "h" }],
    ["A=[{B=c},{B=d}]", { A: [{ B: "c" }, { B: "d" }] }],
    ["Key=\"a, b\",Value='c=d'", { Key: "a, b", Value: "c=d" }],
    ["Key=a\\,b", { Key: "a,b" }],
    ["Variables={TABLE=t,URL=http://x/?a=b}", { Variables: { TABLE: "t", URL: "http://x/?a=b" } }],
    ["ParameterKey=A,ParameterValue=x=y", { ParameterKey: "A", ParameterValue: "x=y" }],
    ["Key=,Value=", { Key: "", Value: "" }],
    ["S3Bucket=b,S3Key=a/b.zip", { S3Bucket: "b", S3Key: "a/b.zip" }],
  ])("%s", (text, expected) => {
    expect(parseShorthand(text)).toEqual(expected);
  });

  it.each(["a", "=b", "A={B=c", "A=[b"])("refuses %s and shows where", (text) => {
    expect(() => parseShorthand(text)).toThrow(ShorthandError);
  });

  it("gives back any quoted value", () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const quoted = `"${value.replace(/["\\]/g, "\\$&")}"`;
        expect(parseShorthand(`A=${quoted},B=c`)).toEqual({ A: value, B: "c" });
      }),
    );
  });

  it("never breaks in another way", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "=", ",", "{", "}", "[", "]", '"', " ", "\\") }), (text) => {
        try {
          parseShorthand(text);
        } catch (error) {
          expect(error).toBeInstanceOf(ShorthandError);
        }
      }),
    );
  });
});
