import { AssertionFailed } from "../../../kernel/errors.ts";
import type { AttributeValue } from "../values/attributeValue.ts";
import { bytesOf } from "../values/compare.ts";
import { decimalOf } from "../values/numbers.ts";

/**
 * A key attribute as bytes that order as DynamoDB orders the values: strings by UTF-8, numbers by value,
 * binary as unsigned bytes. Equal values, and only they, have equal bytes. Keys of different types do not compare.
 */
export const encodeKey = (value: AttributeValue): Uint8Array => {
  if ("S" in value) return Buffer.from(value.S, "utf8");
  if ("N" in value) return encodeNumber(value.N);
  if ("B" in value) return bytesOf(value.B);
  throw new AssertionFailed("a key of a type that is neither S, N nor B");
};

/**
 * The first bytes after everything that begins with `prefix`; undefined when nothing can come after.
 * Together they bound what `begins_with` finds.
 */
export const afterPrefix = (prefix: Uint8Array): Uint8Array | undefined => {
  let end = prefix.length;
  while (end > 0 && prefix[end - 1] === 0xff) end--;
  if (end === 0) return undefined;
  // A copy, whatever the prefix is: a Buffer's own slice would be the same bytes.
  const after = Uint8Array.from(prefix.subarray(0, end));
  after[end - 1] = (after[end - 1] ?? 0) + 1;
  return after;
};

const NEGATIVE = 0;
const ZERO = 1;
const POSITIVE = 2;
/** Lifts the exponents -130 to 125 to a byte. */
const EXPONENT_BIAS = 130;

/*
 * Sign, exponent, then the digits two by two, each pair as 1 to 100. Of two numbers that agree so far, the one with
 * more digits is farther from zero, so a positive number simply ends. A negative one has every byte inverted and ends
 * in a byte above all pairs: there, more digits come first.
 */
const encodeNumber = (number: string): Uint8Array => {
  const { negative, digits, exponent } = decimalOf(number);
  if (digits === "") return Uint8Array.of(ZERO);
  const pairs = Math.ceil(digits.length / 2);
  const bytes = new Uint8Array(2 + pairs + (negative ? 1 : 0));
  bytes[0] = negative ? NEGATIVE : POSITIVE;
  bytes[1] = signed(exponent + EXPONENT_BIAS, negative);
  for (let i = 0; i < pairs; i++) {
    const pair = digits.slice(2 * i, 2 * i + 2).padEnd(2, "0");
    bytes[2 + i] = signed(Number(pair) + 1, negative);
  }
  if (negative) bytes[2 + pairs] = 0xff;
  return bytes;
};

const signed = (byte: number, negative: boolean): number => (negative ? 0xff - byte : byte);
