import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ANY_ONE, ANY_RUN, type Piece, wildcardTest } from "./wildcard.ts";

const pieces = (pattern: string): readonly Piece[] =>
  Array.from(pattern, (character) => (character === "*" ? ANY_RUN : character === "?" ? ANY_ONE : character));

const matches = (pattern: string, text: string) => wildcardTest(pieces(pattern))(text);

/** The definition, written for clarity and not for speed. */
const reference = (pattern: string, text: string): boolean => {
  const [head, ...rest] = pattern;
  if (head === undefined) return text === "";
  const tail = rest.join("");
  if (head === "*") return reference(tail, text) || (text !== "" && reference(pattern, text.slice(1)));
  return text !== "" && (head === "?" || head === text[0]) && reference(tail, text.slice(1));
};

describe("wildcards", () => {
  test.each([
    ["*", "", true],
    ["s3:Get*", "s3:GetObject", true],
    ["s3:*Object", "s3:GetObject", true],
    ["s3:*Object", "s3:GetObjectTagging", false],
    ["table/?", "table/", false],
    ["table/?", "table/a", true],
    ["a**b", "ab", true],
    ["", "", true],
    ["", "a", false],
    ["a*b*c", "abcbd", false],
  ])("%s against %s: %s", (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  test("agree with the definition", () => {
    const alphabet = fc.constantFrom("a", "b", ":", "*", "?");
    const pattern = fc.array(alphabet, { maxLength: 8 }).map((characters) => characters.join(""));
    const text = fc.array(fc.constantFrom("a", "b", ":", "*", "?"), { maxLength: 10 }).map((all) => all.join(""));
    fc.assert(
      fc.property(pattern, text, (p, t) => matches(p, t) === reference(p, t)),
      { numRuns: 2_000 },
    );
  });

  test("literal text matches itself alone", () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => wildcardTest([a])(b) === (a === b)));
  });

  test("a hostile pattern costs no more than pattern times text", () => {
    expect(matches(`${"a*".repeat(200)}b`, "a".repeat(5_000))).toBe(false);
  });
});
