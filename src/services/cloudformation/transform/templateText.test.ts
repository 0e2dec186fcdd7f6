import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTemplateText, readText, UnreadableTemplate } from "./templateText.ts";
import { toJson } from "./values/convert.ts";
import { Decimal } from "./values/value.ts";

const json = (text: string) => toJson(readText(text));

describe("readText", () => {
  test("reads any JSON as JSON.parse does", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value);
        expect(json(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  test("reads the short forms of functions", () => {
    expect(json("!Ref Name")).toEqual({ Ref: "Name" });
    expect(json("!GetAtt Stack.Outputs.Url")).toEqual({ "Fn::GetAtt": ["Stack", "Outputs.Url"] });
    expect(json("!Sub '${A}'")).toEqual({ "Fn::Sub": "${A}" });
    expect(json("!If [C, !Ref A, !Sub b]")).toEqual({ "Fn::If": ["C", { Ref: "A" }, { "Fn::Sub": "b" }] });
    expect(json("!Condition Live")).toEqual({ Condition: "Live" });
  });

  test("keeps dates as text and tells decimals from whole numbers", () => {
    expect(json("Version: 2012-10-17")).toEqual({ Version: "2012-10-17" });
    expect(readText("2.0")).toEqual(new Decimal(2));
    expect(readText("2")).toBe(2);
  });

  test.each(["0123456789", "08", "1e3", "1.5e3", "-.5", "0:30", "0.1.2"])("takes %s for text in YAML", (text) => {
    expect(json(`V: ${text}`)).toEqual({ V: text });
  });

  test.each<[string, number]>([
    ["017", 15],
    ["0x1F", 31],
    ["1_000", 1000],
    ["1:30", 90],
    ["1.5e+3", 1500],
    ["-1.5", -1.5],
    [".5", 0.5],
  ])("takes %s for a number in YAML", (text, number) => {
    expect(json(`V: ${text}`)).toEqual({ V: number });
  });

  test("takes exponents for numbers in JSON", () => {
    expect(json('{"V": [1e3, 1.5E3, -0.5]}')).toEqual({ V: [1000, 1500, -0.5] });
  });

  test("keeps the order of numeric keys", () => {
    expect(readTemplateText('{"b": 1, "200": 2, "100": 3}').keys()).toEqual(["b", "200", "100"]);
  });

  test("merges anchors", () => {
    expect(json("base: &b {x: 1, y: 2}\nown: {<<: *b, y: 3}")).toEqual({ base: { x: 1, y: 2 }, own: { x: 1, y: 3 } });
  });

  test("refuses what it cannot read", () => {
    expect(() => readTemplateText("a: [")).toThrow(UnreadableTemplate);
    expect(() => readTemplateText("just text")).toThrow(UnreadableTemplate);
    expect(() => readTemplateText("a: *nowhere")).toThrow("No anchor is named 'nowhere'.");
  });
});
