import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromJson, toJson } from "./convert.ts";
import { byCodePoint, jsonText, printed, shown, shownNames } from "./text.ts";
import { Decimal, Dict, literal } from "./value.ts";

describe("printed", () => {
  test("marks what the author wrote and not what the transform wrote", () => {
    const dict = Dict.plain({ type: literal("mock") });
    dict.set("path", "/a");
    expect(printed(dict)).toBe("{'type': 'mock', u'path': u'/a'}");
  });

  test.each([
    ["it's", `u"it's"`],
    [`it's "x"`, `u'it\\'s "x"'`],
    ["a\\b", "u'a\\\\b'"],
    ["a\nb", "u'a\\nb'"],
    ["é☃𝄞", "u'\\xe9\\u2603\\U0001d11e'"],
  ])("writes %j as %s", (text, expected) => {
    expect(printed(text)).toBe(expected);
  });

  test("knows decimals from whole numbers", () => {
    const values = [new Decimal(2), new Decimal(0.5), 2, true, null, new Decimal(1e-7)];
    expect(printed(values)).toBe("[2.0, 0.5, 2, True, None, 1e-07]");
  });

  test("leaves printable text of the transform as it is", () => {
    expect(printed(literal("é☃"))).toBe("'é☃'");
    expect(printed(literal("'true'"))).toBe(`"'true'"`);
  });
});

describe("shown", () => {
  test("quotes strings within lists and maps only", () => {
    expect(shown("text")).toBe("text");
    expect(shown(Dict.plain({ Ref: literal("X") }))).toBe("{'Ref': 'X'}");
    expect(shownNames(["SQS", "SNS"])).toBe("['SQS', 'SNS']");
  });

  test("leaves the author's mark where the text is more than letters and digits", () => {
    expect(shown(["word", "two words", literal("two words")])).toBe("['word', u'two words', 'two words']");
  });
});

describe("jsonText", () => {
  test("reads back as the value it was written from, sorted or not", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.boolean(), (value, sortKeys) => {
        const source = JSON.parse(JSON.stringify(value));
        expect(JSON.parse(jsonText(fromJson(source), { sortKeys }))).toEqual(source);
      }),
    );
  });

  test("is ASCII, compact or spaced", () => {
    const value = Dict.plain({ b: "é", a: [1, 2] });
    expect(jsonText(value, { sortKeys: true })).toBe('{"a":[1,2],"b":"\\u00e9"}');
    expect(jsonText(value, { sortKeys: false, spaced: true })).toBe('{"b": "\\u00e9", "a": [1, 2]}');
  });

  test("indents as definitions are written", () => {
    expect(jsonText(Dict.plain({ a: [1], b: Dict.plain() }), { sortKeys: true, spaced: true, indent: 4 })).toBe(
      '{\n    "a": [\n        1\n    ],\n    "b": {}\n}',
    );
  });
});

test("values survive the way in and out", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const source = JSON.parse(JSON.stringify(value));
      expect(toJson(fromJson(source))).toEqual(source);
    }),
  );
});

test("strings sort by code point, not by UTF-16 unit", () => {
  expect(["\u{1d11e}", "\uff5e"].sort(byCodePoint)).toEqual(["\uff5e", "\u{1d11e}"]);
});
