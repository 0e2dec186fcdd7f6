import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addNumbers, compareNumbers, normaliseNumber, subtractNumbers } from "./numbers.ts";
import { canonicalNumber, numberText } from "./valueArbitraries.ts";

/** A canonical number as an integer count of 10^-170, which all of them are whole multiples of. */
const exact = (number: string): bigint => {
  const [whole = "", fraction = ""] = number.replace("-", "").split(".");
  const magnitude = BigInt(whole + fraction.padEnd(170, "0"));
  return number.startsWith("-") ? -magnitude : magnitude;
};

describe("normaliseNumber", () => {
  test.each([
    ["007", "7"],
    ["+1.50", "1.5"],
    ["-0", "0"],
    ["0e50", "0"],
    [".5", "0.5"],
    ["5.", "5"],
    ["1E+3", "1000"],
    ["123e-2", "1.23"],
    ["1.10", "1.1"],
    ["-100.000", "-100"],
    ["1e-20", "0.00000000000000000001"],
    ["1e125", `1${"0".repeat(125)}`],
    ["1e-130", `0.${"0".repeat(129)}1`],
    ["0.1e126", `1${"0".repeat(125)}`],
  ])("%s is %s", (text, canonical) => expect(normaliseNumber(text)).toBe(canonical));

  test.each([
    ["", "The parameter cannot be converted to a numeric value"],
    ["dog", "The parameter cannot be converted to a numeric value: dog"],
    ["NaN", "The parameter cannot be converted to a numeric value: NaN"],
    [" 1", "The parameter cannot be converted to a numeric value:  1"],
    [".", "The parameter cannot be converted to a numeric value: ."],
    ["1e", "The parameter cannot be converted to a numeric value: 1e"],
    ["0x10", "The parameter cannot be converted to a numeric value: 0x10"],
    ["1e126", "Number overflow. Attempting to store a number with magnitude larger than supported range"],
    [
      `1e${"9".repeat(400)}`,
      "Number overflow. Attempting to store a number with magnitude larger than supported range",
    ],
    ["-1e-131", "Number underflow. Attempting to store a number with magnitude smaller than supported range"],
    ["1".repeat(39), "Attempting to store more than 38 significant digits in a Number"],
  ])("refuses %j", (text, message) =>
    expect(() => normaliseNumber(text)).toThrow(expect.objectContaining({ name: "ValidationException", message })),
  );

  test("keeps 38 digits wherever the point is", () => {
    const digits = "12345678901234567890123456789012345678";
    expect(normaliseNumber(digits)).toBe(digits);
    expect(normaliseNumber(`0.${digits}`)).toBe(`0.${digits}`);
  });

  test("is canonical: what it answers, it answers again", () => {
    fc.assert(
      fc.property(numberText, (text) => {
        const canonical = normaliseNumber(text);
        expect(normaliseNumber(canonical)).toBe(canonical);
        expect(canonical).toMatch(/^(?:0|-?(?:[1-9]\d*|0)(?:\.\d*[1-9])?)$/);
        // Doubles agree, as far as they reach.
        expect(Number(canonical)).toBeCloseTo(Number(text), -Math.log10(Math.abs(Number(text)) || 1) + 10);
      }),
    );
  });
});

describe("arithmetic", () => {
  test("orders as exact values do", () => {
    fc.assert(
      fc.property(canonicalNumber, canonicalNumber, (a, b) => {
        const difference = exact(a) - exact(b);
        expect(Math.sign(compareNumbers(a, b))).toBe(difference < 0n ? -1 : difference > 0n ? 1 : 0);
      }),
    );
  });

  test("adds and subtracts exactly, or refuses", () => {
    fc.assert(
      fc.property(canonicalNumber, canonicalNumber, (a, b) => {
        expectExact(() => addNumbers(a, b), exact(a) + exact(b));
        expectExact(() => subtractNumbers(a, b), exact(a) - exact(b));
      }),
    );
  });

  test.each([
    ["0.1", "0.2", "0.3"],
    ["99999999999999999999999999999999999999", "-99999999999999999999999999999999999998", "1"],
    ["5", "-5", "0"],
    ["0", "-0.000001", "-0.000001"],
    [normaliseNumber("1e125"), "0", normaliseNumber("1e125")],
  ])("%s + %s = %s", (a, b, sum) => expect(addNumbers(a, b)).toBe(sum));

  test("a sum that is too large or has too many digits is an overflow", () => {
    const overflow = "Number overflow. Attempting to store a number with magnitude larger than supported range";
    expect(() => addNumbers(normaliseNumber("9e125"), normaliseNumber("9e125"))).toThrow(overflow);
    expect(() => addNumbers(normaliseNumber("1e50"), "1")).toThrow(overflow);
  });
});

const expectExact = (compute: () => string, expected: bigint): void => {
  let result: string;
  try {
    result = compute();
  } catch (error) {
    expect(error).toMatchObject({ name: "ValidationException" });
    const significant = expected.toString().replace("-", "").replace(/0+$/, "");
    expect(significant.length).toBeGreaterThan(38);
    return;
  }
  expect(exact(result)).toBe(expected);
};
