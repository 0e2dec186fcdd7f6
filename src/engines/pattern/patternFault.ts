import { isIP } from "node:net";
import { own } from "../../kernel/own.ts";
import { isPattern, type Pattern } from "./eventPattern.ts";

/** Why a pattern is none, or undefined when it is one. */
export const patternFault = (pattern: unknown): string | undefined => {
  if (!isPattern(pattern)) return "Filter is not an object";
  if (Object.keys(pattern).length === 0) return "Empty patterns are not allowed";
  return faultWithin(pattern);
};

const faultWithin = (pattern: Pattern): string | undefined =>
  firstOf(Object.entries(pattern), ([name, condition]) => {
    if (name === "$or" && Array.isArray(condition)) {
      return firstOf(condition, (each) => (isPattern(each) ? faultWithin(each) : "$or must hold objects"));
    }
    if (Array.isArray(condition)) {
      return condition.length === 0 ? "Empty arrays are not allowed" : firstOf(condition, ruleFault);
    }
    if (!isPattern(condition)) return `"${name}" must be an object or an array`;
    return Object.keys(condition).length === 0 ? "Empty objects are not allowed" : faultWithin(condition);
  });

const firstOf = <T>(items: readonly T[], faultOf: (item: T) => string | undefined): string | undefined => {
  for (const item of items) {
    const fault = faultOf(item);
    if (fault !== undefined) return fault;
  }
  return undefined;
};

const ruleFault = (rule: unknown): string | undefined => {
  if (Array.isArray(rule)) return "Match value must be String, number, true, false, or null";
  if (!isPattern(rule)) return undefined;
  const [[operator, operand] = ["", undefined], ...others] = Object.entries(rule);
  if (operator === "" || others.length > 0) return "Only one key allowed in match expression";
  const faultOf = own(OPERANDS, operator);
  return faultOf ? faultOf(operand) : `Unrecognized match type ${operator}`;
};

type OperandFault = (operand: unknown) => string | undefined;

const text =
  (operator: string): OperandFault =>
  (operand) => {
    const folded = isPattern(operand) ? operand["equals-ignore-case"] : operand;
    return typeof folded === "string" ? undefined : `${operator} match pattern must be a string`;
  };

const exists: OperandFault = (operand) =>
  typeof operand === "boolean" ? undefined : "exists match pattern must be either true or false.";

/** What `anything-but` may hold besides values. */
const EXCLUDED: Readonly<Record<string, OperandFault>> = {
  prefix: (operand) => textOrList("prefix", operand),
  suffix: (operand) => textOrList("suffix", operand),
  "equals-ignore-case": (operand) => textOrList("equals-ignore-case", operand),
  wildcard: (operand) => textOrList("wildcard", operand),
};

const textOrList = (operator: string, operand: unknown): string | undefined =>
  firstOf(Array.isArray(operand) ? operand : [operand], text(operator));

const anythingBut: OperandFault = (operand) => {
  if (!isPattern(operand)) return undefined;
  const [operator = "", ...others] = Object.keys(operand);
  if (others.length > 0) return "Only one key allowed in match expression";
  const faultOf = own(EXCLUDED, operator);
  return faultOf ? faultOf(operand[operator]) : `Unsupported anything-but pattern: ${operator}`;
};

const cidr: OperandFault = (operand) => {
  if (typeof operand !== "string") return "prefix match pattern must be a string";
  const [network = "", bits, ...others] = operand.split("/");
  if (bits === undefined || others.length > 0) return "Malformed CIDR, one '/' required";
  if (!/^\d+$/.test(bits)) return "Malformed CIDR, mask bits must be an integer";
  return isIP(network) === 0 ? `Nonstandard IP address: ${network}` : undefined;
};

const RANGE_STARTS: ReadonlySet<unknown> = new Set([">", ">="]);
const RANGE_ENDS: ReadonlySet<unknown> = new Set(["<", "<="]);

/** `["=", 1]`, `["<", 5]` or a range such as `[">=", 1, "<", 5]`. */
const numeric: OperandFault = (operand) => {
  if (!Array.isArray(operand) || operand.length === 0) return "Invalid member in numeric match: ]";
  const [operator, value, second, limit, ...others] = operand as readonly unknown[];
  if (typeof operator !== "string") return `Invalid member in numeric match: ${operator}`;
  if (operator === "=") {
    if (typeof value !== "number") return "Value of equals must be numeric";
    return second === undefined ? undefined : "Too many elements in numeric expression";
  }
  if (!RANGE_STARTS.has(operator) && !RANGE_ENDS.has(operator)) {
    return `Unrecognized numeric range operator: ${operator}`;
  }
  if (typeof value !== "number") return `Value of ${operator} must be numeric`;
  if (second === undefined) return undefined;
  if (RANGE_ENDS.has(operator)) return "Too many elements in numeric expression";
  return rangeFault(value, second, limit, others.length);
};

const rangeFault = (bottom: number, second: unknown, top: unknown, more: number): string | undefined => {
  if (typeof second !== "string") return `Bad value in numeric range: ${second}`;
  if (!RANGE_ENDS.has(second)) return `Bad numeric range operator: ${second}`;
  if (typeof top !== "number") return `Value of ${second} must be numeric`;
  if (top <= bottom) return "Bottom must be less than top";
  return more > 0 ? "Too many terms in numeric range expression" : undefined;
};

const OPERANDS: Readonly<Record<string, OperandFault>> = {
  exists,
  prefix: text("prefix"),
  suffix: text("suffix"),
  "equals-ignore-case": text("equals-ignore-case"),
  wildcard: text("wildcard"),
  "anything-but": anythingBut,
  numeric,
  cidr,
};
