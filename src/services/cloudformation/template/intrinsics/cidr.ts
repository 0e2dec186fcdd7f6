import { isIPv4, isIPv6 } from "node:net";
import { functionError } from "../errors.ts";
import { type Intrinsic, isCall, isUnknown, KNOWN_AFTER_APPLY, textOf } from "./intrinsic.ts";

const MAX_BLOCKS = 256;

/** `Fn::Cidr`: the first blocks of a size that fit in a larger block. */
export const cidr: Intrinsic = {
  name: "Fn::Cidr",
  check(argument, path) {
    const isList = Array.isArray(argument) && (argument.length === 2 || argument.length === 3);
    if (!isList || !argument.every((part) => isCall(part) || textOf(part) !== undefined))
      throw functionError(TAKES, path);
  },
  resolve(argument, scope) {
    const parts = Array.isArray(argument) ? argument.map((part) => textOf(scope.resolve(part)) ?? "") : [];
    if (parts.some(isUnknown)) return KNOWN_AFTER_APPLY;
    const [block = "", count = "", bits] = parts;
    return cidrBlocks(block, wholeNumber(count), bits === undefined ? undefined : wholeNumber(bits));
  },
};

const TAKES = "every Fn::Cidr object requires the parameters ipBlock, count and cidrBits.";

/** `count` blocks that leave `hostBits` bits to each, in order. */
export const cidrBlocks = (block: string, count: number, hostBits: number | undefined): readonly string[] => {
  const { start, prefix, width } = parseBlock(block);
  const bits = hostBits ?? (width === 128 ? 64 : undefined);
  if (bits === undefined) throw functionError(TAKES);
  const spare = width - prefix - bits;
  if (count < 1 || count > MAX_BLOCKS || bits < 1 || spare < 0 || count > 2 ** spare) {
    throw functionError(`Fn::Cidr cannot make ${count} blocks of ${bits} bits from ${block}`);
  }
  const size = 1n << BigInt(bits);
  return Array.from({ length: count }, (_, index) => `${address(start + BigInt(index) * size, width)}/${width - bits}`);
};

const parseBlock = (block: string): { readonly start: bigint; readonly prefix: number; readonly width: 32 | 128 } => {
  const [ip = "", prefixText = ""] = block.split("/");
  const width = isIPv4(ip) ? 32 : isIPv6(ip) ? 128 : undefined;
  const prefix = /^\d{1,3}$/.test(prefixText) ? Number(prefixText) : Number.NaN;
  if (width === undefined || !(prefix <= width)) throw functionError(`Fn::Cidr: ${block} is not a CIDR block`);
  const value = width === 32 ? ipv4Value(ip) : ipv6Value(ip);
  const host = BigInt(width - prefix);
  return { start: (value >> host) << host, prefix, width };
};

const ipv4Value = (ip: string): bigint => ip.split(".").reduce((value, part) => value * 256n + BigInt(part), 0n);

const ipv6Value = (ip: string): bigint => {
  const plain = ip.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (dotted) => {
    const value = ipv4Value(dotted);
    return `${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
  });
  const [head = "", tail] = plain.split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const gap = tail === undefined ? [] : Array.from({ length: 8 - before.length - after.length }, () => "0");
  return [...before, ...gap, ...after].reduce((value, group) => (value << 16n) + BigInt(`0x${group}`), 0n);
};

const address = (value: bigint, width: 32 | 128): string => {
  if (width === 32) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join(".");
  const groups = Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16));
  return shortened(groups.join(":"));
};

/** The longest run of zero groups is written as two colons. */
const shortened = (full: string): string => {
  const runs = full.match(/(?:^|:)(?:0(?::|$)){2,}/g) ?? [];
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), "");
  return longest === "" ? full : full.replace(longest, "::");
};

const wholeNumber = (text: string): number => {
  if (!/^\d+$/.test(text)) throw functionError("Fn::Cidr requires count and cidrBits to be whole numbers.");
  return Number(text);
};
