import { describe, expect, test } from "vitest";
import { base32, codeOf, stepAt, stepOfCodes } from "./totp.ts";

// The test vectors of RFC 6238, appendix B, in their last six digits.
const SEED = Buffer.from("12345678901234567890");

describe("codes of a second factor", () => {
  test.each([
    [59, "287082"],
    [1_111_111_109, "081804"],
    [1_111_111_111, "050471"],
    [1_234_567_890, "005924"],
    [2_000_000_000, "279037"],
    [20_000_000_000, "353130"],
  ])("at second %i it is %s", (second, code) => {
    expect(codeOf(SEED, stepAt(second * 1000))).toBe(code);
  });

  test("are found within reach, one after the other, and no further", () => {
    const codes = [codeOf(SEED, 103), codeOf(SEED, 104)];
    expect(stepOfCodes(SEED, codes, 100, 3)).toBe(103);
    expect(stepOfCodes(SEED, codes, 100, 2)).toBeUndefined();
    expect(stepOfCodes(SEED, codes.toReversed(), 100, 10)).toBeUndefined();
  });

  // RFC 4648, section 10; padding is what people need not type.
  test.each([
    ["f", "MY"],
    ["foob", "MZXW6YQ"],
    ["foobar", "MZXW6YTBOI"],
  ])("the letters of %s are %s", (text, letters) => {
    expect(base32(Buffer.from(text))).toBe(letters);
  });
});
