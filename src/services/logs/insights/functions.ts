import { BlockList, isIP } from "node:net";
import { own } from "../../../kernel/own.ts";
import { isMoment, numberIn, order, told, type Value } from "./values.ts";

type Run = (...args: readonly Value[]) => Value;

const onNumber =
  (compute: (number: number) => number): Run =>
  (value) => {
    const number = numberIn(value);
    return number === undefined ? undefined : compute(number);
  };

const onText =
  (compute: (text: string, ...rest: readonly Value[]) => Value): Run =>
  (value, ...rest) => {
    const text = told(value);
    return text === undefined ? undefined : compute(text, ...rest);
  };

/** Characters to cut off an end: blanks, or those that are named. */
const cutter = (characters: Value): string =>
  characters === undefined ? "\\s" : (told(characters) ?? "").replace(/[\\\]^-]/g, "\\$&");

const cut = (start: boolean, end: boolean): Run =>
  onText((text, characters) => {
    const set = cutter(characters);
    const cleared = start ? text.replace(new RegExp(`^[${set}]+`), "") : text;
    return end ? cleared.replace(new RegExp(`[${set}]+$`), "") : cleared;
  });

const inSubnet =
  (family?: "ipv4" | "ipv6"): Run =>
  (address, subnet) => {
    const [ip, [base = "", bits = ""]] = [told(address) ?? "", (told(subnet) ?? "").split("/")];
    const kinds = [isIP(ip), isIP(base)];
    if (kinds[0] !== kinds[1] || kinds[0] === 0 || bits === "") return false;
    const type = kinds[0] === 4 ? "ipv4" : "ipv6";
    if (family !== undefined && family !== type) return false;
    const list = new BlockList();
    list.addSubnet(base, Number(bits), type);
    return list.check(ip, type);
  };

/** To the beginning of a stretch of time, or to its end. */
const rounded =
  (round: (number: number) => number): Run =>
  (moment, span) => {
    const [ms, step] = [numberIn(moment), numberIn(span)];
    return ms === undefined || !step ? undefined : { ms: round(ms / step) * step };
  };

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-operations-functions.html */
const FUNCTIONS: Readonly<Record<string, Run>> = {
  abs: onNumber(Math.abs),
  ceil: onNumber(Math.ceil),
  floor: onNumber(Math.floor),
  log: onNumber(Math.log),
  sqrt: onNumber(Math.sqrt),
  greatest: (...values) =>
    [...values]
      .filter((value) => value !== undefined)
      .sort(order)
      .at(-1),
  least: (...values) => [...values].filter((value) => value !== undefined).sort(order)[0],
  ispresent: (value) => value !== undefined,
  coalesce: (...values) => values.find((value) => value !== undefined),
  isempty: (value) => value === undefined || told(value) === "",
  isblank: (value) => (told(value) ?? "").trim() === "",
  concat: (...values) => values.map((value) => told(value) ?? "").join(""),
  ltrim: cut(true, false),
  rtrim: cut(false, true),
  trim: cut(true, true),
  strlen: onText((text) => text.length),
  toupper: onText((text) => text.toUpperCase()),
  tolower: onText((text) => text.toLowerCase()),
  substr: onText((text, start, length) => {
    const from = numberIn(start) ?? 0;
    return length === undefined ? text.slice(from) : text.slice(from, from + (numberIn(length) ?? 0));
  }),
  replace: onText((text, search, by) => text.replaceAll(told(search) ?? "", told(by) ?? "")),
  strcontains: onText((text, search) => (text.includes(told(search) ?? "") ? 1 : 0)),
  datefloor: rounded(Math.floor),
  dateceil: rounded(Math.ceil),
  frommillis: (value) => {
    const ms = numberIn(value);
    return ms === undefined ? undefined : { ms };
  },
  tomillis: (value) => (isMoment(value) ? value.ms : undefined),
  isvalidip: (value) => isIP(told(value) ?? "") !== 0,
  isvalidipv4: (value) => isIP(told(value) ?? "") === 4,
  isvalidipv6: (value) => isIP(told(value) ?? "") === 6,
  isipinsubnet: inSubnet(),
  isipv4insubnet: inSubnet("ipv4"),
  isipv6insubnet: inSubnet("ipv6"),
};

/** Those that look at more than what they are given. */
const SPECIAL = ["bin", "column"];

export const isFunction = (name: string): boolean => SPECIAL.includes(name) || Object.hasOwn(FUNCTIONS, name);

/** What a function makes of its arguments. */
export const callFunction = (name: string, args: readonly Value[]): Value => own(FUNCTIONS, name)?.(...args);
