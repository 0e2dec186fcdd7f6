import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonFault, placeIn } from "./jsonReader.ts";

test.each<[string, string, number]>([
  ["{invalid", "Unexpected character ('i' (code 105)): was expecting double-quote to start field name", 1],
  [
    "invalid",
    "Unrecognized token 'invalid': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
    7,
  ],
  ['{"a" 1}', "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value", 5],
  ['{"a":1 "b"}', "Unexpected character ('\"' (code 34)): was expecting comma to separate Object entries", 7],
  ["[1 2]", "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries", 3],
  ['{"a":1,}', "Unexpected character ('}' (code 125)): was expecting double-quote to start field name", 7],
  ['{"a":', "Unexpected end-of-input", 5],
  ['["a', "Unexpected end-of-input: was expecting closing quote for a string value", 1],
  ['{"a":1', "Unexpected end-of-input: expected close marker for Object", 6],
])("%s is refused", (text, reason, at) => expect(jsonFault(text)).toMatchObject({ reason, at }));

test("a document may be so deep and no deeper", () => {
  const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
  expect(jsonFault(nested(1000))).toBeUndefined();
  expect(jsonFault(nested(100_000))?.reason).toMatch("nesting depth");
});

test("places are counted by lines", () => expect(placeIn("ab\ncd", 4)).toBe("line: 2, column: 2"));

test("it takes what JSON.parse takes, and nothing else", () => {
  fc.assert(fc.property(fc.json(), (text) => jsonFault(text) === undefined));
  const piece = fc.constantFrom("{", "}", "[", "]", ",", ":", '"a"', "1", "-", "true", "nul", " ", "\\");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      expect(jsonFault(pieces.join("")) === undefined).toBe(isJson(pieces.join("")));
    }),
  );
});

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // Refused, which is what is asked.
    return false;
  }
};
