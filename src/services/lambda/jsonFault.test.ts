import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonFault } from "./jsonFault.ts";

const SOURCE = "Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled)";
const TOKENS = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
const told = (what: string, line: number, column: number) =>
  `${what}\n at [${SOURCE}; line: ${line}, column: ${column}]`;

describe("what version 2 of the AWS CLI makes of a payload that it takes for base64", () => {
  test("bytes that are no text", () => {
    expect(jsonFault(Buffer.from([0x99, 0xeb]))).toBe(
      told(`Unexpected character ((CTRL-CHAR, code 153)): expected a valid value ${TOKENS}`, 1, 1),
    );
    expect(jsonFault(Buffer.from([0x6e, 0x87]))).toBe(told("Invalid UTF-8 start byte 0x87", 1, 3));
  });
});

test.each([
  ["hello", `Unrecognized token 'hello': was expecting ${TOKENS}`, 1, 6],
  ["{'a':1}", "Unexpected character (''' (code 39)): was expecting double-quote to start field name", 1, 2],
  ["{\n a: 1}", "Unexpected character ('a' (code 97)): was expecting double-quote to start field name", 2, 2],
  ['{"a" 1}', "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value", 1, 6],
  ['{"a":1 "b"}', "Unexpected character ('\"' (code 34)): was expecting comma to separate Object entries", 1, 8],
  ["[1 2]", "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries", 1, 4],
  ["[1,]", `Unexpected character (']' (code 93)): expected a valid value ${TOKENS}`, 1, 4],
  ['["a', "Unexpected end-of-input: was expecting closing quote for a string value", 1, 4],
  ['{"a', "Unexpected end-of-input in field name", 1, 4],
  ["[01]", "Invalid numeric value: Leading zeroes not allowed", 1, 4],
  ['"\\x"', "Unrecognized character escape 'x' (code 120)", 1, 4],
  [" ", "No content to map due to end-of-input", 1, 2],
])("%s", (text, what, line, column) => {
  expect(jsonFault(Buffer.from(text))).toBe(told(what, line, column));
});

test("a container that has no end is told with where it begins", () => {
  const start = `[${SOURCE}; line: 1, column: 1]`;
  expect(jsonFault(Buffer.from('{"a":1'))).toBe(
    told(`Unexpected end-of-input: expected close marker for Object (start marker at ${start})`, 1, 7),
  );
});

test("JSON has no fault, whatever it is, and a deep one takes no stack", () => {
  const none = "Unexpected content after the value";
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(jsonFault(Buffer.from(text))).toBe(none);
    }),
  );
  expect(jsonFault(Buffer.from("[".repeat(100_000) + "]".repeat(100_000)))).toBe(none);
});

test("any text has one, when it is not JSON", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."{}[]:,\"\\ \n0-1.ea'nulltrue") }), (text) => {
      let isJson = true;
      try {
        JSON.parse(text);
      } catch {
        isJson = false;
      }
      const hasPlace = jsonFault(Buffer.from(text)).includes("; line: ");
      // Only a second value after a whole one is told without a place.
      if (hasPlace) expect(isJson).toBe(false);
    }),
  );
});
