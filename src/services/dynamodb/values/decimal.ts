import { MAX_NUMBER_DIGITS, MAX_NUMBER_EXPONENT, MIN_NUMBER_EXPONENT } from "../limits.ts";

/** A decimal number: ±d.ddd × 10^exponent, with neither leading nor trailing zeros; zero has no digits. */
export interface Decimal {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

const ZERO: Decimal = { negative: false, digits: "", exponent: 0 };
const DIGITS = /^\d+$/;
const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** Reads a decimal, of any size; undefined when the text is none. */
export const parseDecimal = (text: string): Decimal | undefined => {
  // Most numbers are counts and ids, for which a match with its groups is not needed.
  if (DIGITS.test(text)) return normalised(false, text, text.length - 1);
  const match = DECIMAL.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = "", fraction = "", power = "0"] = match;
  if (whole === "" && fraction === "") return undefined;
  return normalised(sign === "-", whole + fraction, whole.length - 1 + Number(power));
};

/** The plain decimal text of a number, as DynamoDB answers it: no exponent, no needless zeros. */
export const formatDecimal = ({ negative, digits, exponent }: Decimal): string => {
  if (digits === "") return "0";
  const sign = negative ? "-" : "";
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return sign + digits + "0".repeat(exponent + 1 - digits.length);
  return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
};

/** What keeps a decimal from being a DynamoDB number, in AWS's words; undefined when nothing does. */
export const decimalFault = ({ digits, exponent }: Decimal): string | undefined => {
  if (digits === "") return undefined;
  if (exponent > MAX_NUMBER_EXPONENT) return NUMBER_OVERFLOW;
  if (exponent < MIN_NUMBER_EXPONENT)
    return "Number underflow. Attempting to store a number with magnitude smaller than supported range";
  if (digits.length > MAX_NUMBER_DIGITS) return "Attempting to store more than 38 significant digits in a Number";
  return undefined;
};

export const NUMBER_OVERFLOW =
  "Number overflow. Attempting to store a number with magnitude larger than supported range";

/** The exact sum. */
export const addDecimals = (a: Decimal, b: Decimal): Decimal => {
  // Zero's exponent is arbitrary: aligning to it would only cost digits.
  if (a.digits === "") return b;
  if (b.digits === "") return a;
  const unit = Math.min(lastDigitExponent(a), lastDigitExponent(b));
  const sum = inUnits(a, unit) + inUnits(b, unit);
  const digits = (sum < 0n ? -sum : sum).toString();
  return normalised(sum < 0n, digits, digits.length - 1 + unit);
};

export const negated = (decimal: Decimal): Decimal =>
  decimal.digits === "" ? decimal : { ...decimal, negative: !decimal.negative };

/** Less than, equal to or greater than 0, as a is to b. */
export const compareDecimals = (a: Decimal, b: Decimal): number => {
  const sign = signOf(a);
  if (sign !== signOf(b)) return sign - signOf(b);
  if (sign === 0) return 0;
  if (a.exponent !== b.exponent) return sign * (a.exponent - b.exponent);
  return sign * (a.digits < b.digits ? -1 : a.digits > b.digits ? 1 : 0);
};

const signOf = ({ negative, digits }: Decimal): number => (digits === "" ? 0 : negative ? -1 : 1);

const lastDigitExponent = ({ digits, exponent }: Decimal): number => exponent - digits.length + 1;

const inUnits = (decimal: Decimal, unit: number): bigint => {
  const magnitude = BigInt(decimal.digits) * 10n ** BigInt(lastDigitExponent(decimal) - unit);
  return decimal.negative ? -magnitude : magnitude;
};

const normalised = (negative: boolean, digits: string, exponent: number): Decimal => {
  let first = 0;
  while (first < digits.length && digits[first] === "0") first++;
  let end = digits.length;
  while (end > first && digits[end - 1] === "0") end--;
  return first === end ? ZERO : { negative, digits: digits.slice(first, end), exponent: exponent - first };
};
