import { known } from "../../../kernel/errors.ts";
import { validationError } from "../errors.ts";
import { MAX_NUMBER_DIGITS } from "../limits.ts";
import {
  addDecimals,
  compareDecimals,
  type Decimal,
  decimalFault,
  formatDecimal,
  NUMBER_OVERFLOW,
  negated,
  parseDecimal,
} from "./decimal.ts";

/** Integers as most callers write them: canonical already, and within every limit. */
const PLAIN_INTEGER = /^(?:0|-?[1-9]\d{0,36})$/;
/** Texts up to this length are told apart, and ordered rightly, as doubles. */
const MAX_DOUBLE_LENGTH = 15;

/**
 * A number's canonical text: equal numbers have equal texts.
 * Throws ValidationException for what is no number, or not one that DynamoDB can hold.
 */
export const normaliseNumber = (text: string): string => {
  if (PLAIN_INTEGER.test(text)) return text;
  if (text === "") throw validationError("The parameter cannot be converted to a numeric value");
  const decimal = parseDecimal(text);
  if (decimal === undefined) throw validationError(`The parameter cannot be converted to a numeric value: ${text}`);
  const fault = decimalFault(decimal);
  if (fault !== undefined) throw validationError(fault);
  return formatDecimal(decimal);
};

/** Orders two canonical numbers. */
export const compareNumbers = (a: string, b: string): number => {
  if (a === b) return 0;
  if (a.length <= MAX_DOUBLE_LENGTH && b.length <= MAX_DOUBLE_LENGTH) return Number(a) - Number(b);
  return compareDecimals(decimalOf(a), decimalOf(b));
};

/** The exact sum of two canonical numbers. Throws ValidationException when it cannot be held exactly. */
export const addNumbers = (a: string, b: string): string => held(addDecimals(decimalOf(a), decimalOf(b)));

/** The exact difference of two canonical numbers. Throws ValidationException when it cannot be held exactly. */
export const subtractNumbers = (a: string, b: string): string => held(addDecimals(decimalOf(a), negated(decimalOf(b))));

/** The parts of a canonical number. */
export const decimalOf = (number: string): Decimal => known(parseDecimal(number), `the number ${number}`);

// AWS: a result with too many digits is reported as an overflow, too.
const held = (result: Decimal): string => {
  const fault = result.digits.length > MAX_NUMBER_DIGITS ? NUMBER_OVERFLOW : decimalFault(result);
  if (fault !== undefined) throw validationError(fault);
  return formatDecimal(result);
};
