import { BlockList, isIP } from "node:net";
import { arnTest, arnText } from "./arnPattern.ts";
import { type PatternTest, patternTest, type Syntax, tokenize } from "./pattern.ts";

/** A family of comparisons. `negated` ones hold when no value of the policy matches. */
export interface Operator {
  readonly negated: boolean;
  /** False for a policy value the operator cannot compare with, which IAM refuses: a date that is none. */
  accepts(value: string): boolean;
  /** Compiles one value of the policy; `variables` tells whether the policy's version knows them. */
  compile(value: string, variables: boolean): PatternTest;
}

/** The operator of that name, without its set prefix and `IfExists`; names are not case-sensitive. `Null` is not one of them. */
export const operatorNamed = (name: string): Operator | undefined => OPERATORS.get(name.toLowerCase());

const both = (operator: Omit<Operator, "negated">) => ({
  positive: { ...operator, negated: false },
  negative: { ...operator, negated: true },
});

const text = (wildcards: boolean, fold: boolean) =>
  both({
    accepts: () => true,
    compile: (value, variables) => patternTest(tokenize(value, syntax(wildcards, variables)), fold),
  });

const syntax = (wildcards: boolean, variables: boolean): Syntax => ({ wildcards, variables });

/** AWS: ArnEquals and ArnLike behave identically, wildcards included. */
const arn = both({
  accepts: () => true,
  compile: (value, variables) => {
    const test = arnTest(value, variables);
    return (given, context) => test(arnText(given), context);
  },
});

const compared = (parse: (value: string) => number, holds: (given: number, wanted: number) => boolean) =>
  both({
    accepts: (value) => !Number.isNaN(parse(value)),
    compile: (value) => {
      const wanted = parse(value);
      return (given) => holds(parse(given), wanted);
    },
  });

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
const numberOf = (value: string): number => (NUMBER.test(value.trim()) ? Number(value) : Number.NaN);

const W3C_DATE = /^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?)?)?$/;
const EPOCH_SECONDS = /^\d+(\.\d+)?$/;

/** Milliseconds since the epoch. AWS: a W3C form of ISO 8601, or seconds since the epoch; four digits are a year. */
const dateOf = (value: string): number => {
  if (W3C_DATE.test(value)) return Date.parse(value);
  return EPOCH_SECONDS.test(value) ? Number(value) * 1000 : Number.NaN;
};

const equal = (given: number, wanted: number) => given === wanted;
const less = (given: number, wanted: number) => given < wanted;
const lessOrEqual = (given: number, wanted: number) => given <= wanted;
const greater = (given: number, wanted: number) => given > wanted;
const greaterOrEqual = (given: number, wanted: number) => given >= wanted;

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
const binary = both({
  accepts: (value) => BASE64.test(value),
  compile: (value) => {
    const wanted = Buffer.from(value, "base64");
    return (given) => wanted.equals(Buffer.from(given, "base64"));
  },
});

const CIDR = /^([0-9a-fA-F.:]+)(?:\/(\d{1,3}))?$/;

const blockOf = (value: string): { address: string; family: "ipv4" | "ipv6"; prefix: number } | undefined => {
  const [, address = "", prefix] = CIDR.exec(value.trim()) ?? [];
  const version = isIP(address);
  if (version === 0) return undefined;
  const bits = version === 4 ? 32 : 128;
  const length = prefix === undefined ? bits : Number(prefix);
  return length > bits ? undefined : { address, family: version === 4 ? "ipv4" : "ipv6", prefix: length };
};

const address = both({
  accepts: (value) => blockOf(value) !== undefined,
  compile: (value) => {
    const block = blockOf(value);
    if (block === undefined) return () => false;
    const list = new BlockList();
    list.addSubnet(block.address, block.prefix, block.family);
    return (given) => isIP(given) !== 0 && list.check(given, isIP(given) === 4 ? "ipv4" : "ipv6");
  },
});

const exact = text(false, false);
const exactFolded = text(false, true);
const like = text(true, false);

const comparisons = (prefix: string, parse: (value: string) => number): [string, Operator][] => [
  [`${prefix}equals`, compared(parse, equal).positive],
  [`${prefix}notequals`, compared(parse, equal).negative],
  [`${prefix}lessthan`, compared(parse, less).positive],
  [`${prefix}lessthanequals`, compared(parse, lessOrEqual).positive],
  [`${prefix}greaterthan`, compared(parse, greater).positive],
  [`${prefix}greaterthanequals`, compared(parse, greaterOrEqual).positive],
];

const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ["stringequals", exact.positive],
  ["stringnotequals", exact.negative],
  ["stringequalsignorecase", exactFolded.positive],
  ["stringnotequalsignorecase", exactFolded.negative],
  ["stringlike", like.positive],
  ["stringnotlike", like.negative],
  ["arnequals", arn.positive],
  ["arnlike", arn.positive],
  ["arnnotequals", arn.negative],
  ["arnnotlike", arn.negative],
  ["bool", exactFolded.positive],
  ["binaryequals", binary.positive],
  ["ipaddress", address.positive],
  ["notipaddress", address.negative],
  ...comparisons("numeric", numberOf),
  ...comparisons("date", dateOf),
]);
