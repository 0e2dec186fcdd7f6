import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeWords, encodeWord } from "./mailWords.ts";

test("a text of US-ASCII is carried as it is", () => {
  for (const text of ["", "plain text\t", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"]) expect(encodeWord(text)).toBe(text);
});

test("another one is one word: quoted where all of it can be printed, in base 64 where not", () => {
  expect(encodeWord("ÄMÄZÕÑ S3")).toBe("=?UTF-8?Q?=C3=84M=C3=84Z=C3=95=C3=91_S3?=");
  expect(encodeWord("a=_é?")).toBe("=?UTF-8?Q?a=3D=5F=C3=A9=3F?=");
  expect(encodeWord("\u0000\u0001")).toBe("=?UTF-8?B?AAE=?=");
  expect(encodeWord("é\u0085")).toBe("=?UTF-8?B?w6nChQ==?=");
  expect(encodeWord("\ufffd")).toBe("=?UTF-8?B?77+9?=");
});

test.each([
  ["=?UTF-8?Q?actually-ascii?=", "actually-ascii"],
  ["=?utf-8?b?w6k=?=", "é"],
  ["=?ISO-8859-1?Q?=E9_x?=", "é x"],
  ["=?UTF-8?Q?a?= \t =?UTF-8?B?Yg==?=", "ab"],
  ["before =?UTF-8?Q?a?= after", "before a after"],
])("%j says %j", (text, said) => {
  expect(decodeWords(text)).toBe(said);
});

test.each(["=?UTF-8?Q?a", "=?UTF-8?B?=GGG?=", "=?KOI8-R?Q?a?=", "x=?UTF-8?Q?a?=", "a ?= =? b"])(
  "%j is no word, and stays",
  (text) => {
    expect(decodeWords(text)).toBe(text);
  },
);

test("what is encoded says the same again", () => {
  const foreign = fc.string({ unit: "binary" }).filter((text) => encodeWord(text) !== text);
  fc.assert(
    fc.property(foreign, (text) => {
      expect(decodeWords(encodeWord(text))).toBe(text);
    }),
  );
});
