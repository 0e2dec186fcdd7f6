import type { JsonValue } from "../../../kernel/json.ts";

/**
 * The value of a plain YAML scalar, by YAML 1.1 as AWS reads it.
 *
 * AWS: dates stay text (`Version: 2012-10-17`), `yes`, `no`, `on` and `off` are booleans, a leading zero means octal,
 * and `22:30` is a number in base 60. `y` and `n` alone are text.
 */
export const plainScalar = (text: string): JsonValue => {
  if (NULL.test(text)) return null;
  if (BOOLEAN.test(text)) return /^(yes|true|on)$/i.test(text);
  if (text.length > MAX_NUMBER_LENGTH) return text;
  if (INTEGER.test(text)) return integer(text);
  if (FLOAT.test(text)) return float(text);
  return text;
};

const MAX_NUMBER_LENGTH = 128;
const NULL = /^(?:~|null|Null|NULL|)$/;
const BOOLEAN = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const INTEGER = /^[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const FLOAT =
  /^[-+]?(?:[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+]?[0-9]+)?|[0-9][0-9_]*[eE][-+]?[0-9]+)$/;

const integer = (text: string): JsonValue => {
  const negative = text.startsWith("-");
  const digits = text.replace(/^[-+]/, "").replaceAll("_", "");
  const value = magnitude(digits);
  // JSON numbers lose what is larger; the digits themselves are what a template means by such a number.
  if (!Number.isSafeInteger(value)) return text;
  return negative && value !== 0 ? -value : value;
};

const magnitude = (digits: string): number => {
  if (digits.startsWith("0b")) return Number.parseInt(digits.slice(2), 2);
  if (digits.startsWith("0x")) return Number.parseInt(digits.slice(2), 16);
  if (digits.includes(":")) return digits.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
  return digits.length > 1 && digits.startsWith("0") ? Number.parseInt(digits, 8) : Number(digits);
};

const float = (text: string): JsonValue => {
  const value = Number(text.replaceAll("_", ""));
  return Number.isFinite(value) ? value : text;
};
