import { Decimal, type Dict, isDict, isText, Literal, textOf, type Value } from "./value.ts";

/**
 * A value as the service prints it where it hashes or quotes one.
 * AWS: the print of the language the transform is written in; `u` marks strings of the author's that may reach a
 * REST API's document (see hashOrder.ts).
 */
export const printed = (value: Value): string => {
  if (typeof value === "string") return printedAuthored(value);
  if (value instanceof Literal) return quoted(value.text, escapeUnprintable);
  if (Array.isArray(value)) return `[${value.map(printed).join(", ")}]`;
  if (isDict(value)) return printedDict(value);
  return printedScalar(value);
};

const printedDict = (dict: Dict): string =>
  `{${dict
    .entries()
    .map(([key, value]) => {
      const name = dict.isLiteralKey(key) ? quoted(key, escapeUnprintable) : printedAuthored(key);
      return `${name}: ${printed(value)}`;
    })
    .join(", ")}}`;

/**
 * A value inside a message: strings bare at the top, printed within.
 * AWS: its recorded messages leave the mark off words of letters and digits.
 */
export const shown = (value: Value): string =>
  textOf(value) ?? printed(value).replace(/u('[A-Za-z0-9]*')/g, (_marked, word: string) => word);

/** A list of names as messages show it: `['A', 'B']`. */
export const shownNames = (names: readonly string[]): string => `[${names.map((name) => `'${name}'`).join(", ")}]`;

const printedScalar = (value: null | boolean | number | Decimal): string => {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  return value instanceof Decimal ? decimalText(value.number) : String(value);
};

const decimalText = (number: number): string => {
  const text = String(number);
  const exponent = /^(.*)e([+-])(\d+)$/.exec(text);
  if (exponent) return `${exponent[1]}e${exponent[2]}${(exponent[3] ?? "").padStart(2, "0")}`;
  if (!Number.isInteger(number)) return text;
  return Math.abs(number) < 1e16 ? `${text}.0` : number.toExponential().replace("e+", "e+");
};

/** Escapes twice and undoes one: what was escaped once stays escaped, quotes follow the escaped text. */
const printedAuthored = (text: string): string =>
  `u${quoted(escapeNonAscii(text), escapeUnprintable).replaceAll("\\\\", "\\")}`;

const quoted = (text: string, escapeRest: (text: string) => string): string => {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = escapeRest(text.replaceAll("\\", "\\\\"));
  return quote + (quote === "'" ? body.replaceAll("'", "\\'") : body) + quote;
};

const NAMED_ESCAPES: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

const escapeUnprintable = (text: string): string =>
  text.replace(/[\p{C}\p{Z}]/gu, (char) => (char === " " ? char : escaped(char)));

const escapeNonAscii = (text: string): string =>
  text.replaceAll("\\", "\\\\").replace(/[^ -~]/gu, (char) => escaped(char));

const escaped = (char: string): string => {
  const point = char.codePointAt(0) ?? 0;
  const hex = point.toString(16);
  if (point < 0x100) return NAMED_ESCAPES[char] ?? `\\x${hex.padStart(2, "0")}`;
  return point < 0x10000 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
};

export interface JsonTextOptions {
  readonly sortKeys: boolean;
  /** Without an indent: compact or with a space after separators. */
  readonly spaced?: boolean;
  readonly indent?: number;
}

/** JSON text as the service hashes it: ASCII only, keys sorted by code point where asked. */
export const jsonText = (value: Value, options: JsonTextOptions, depth = 0): string => {
  if (isText(value)) return jsonString(typeof value === "string" ? value : value.text);
  if (Array.isArray(value)) {
    return wrapped(
      "[",
      "]",
      value.map((item) => jsonText(item, options, depth + 1)),
      options,
      depth,
    );
  }
  if (isDict(value)) {
    const keys = options.sortKeys ? value.keys().sort(byCodePoint) : value.keys();
    const colon = options.spaced ? ": " : ":";
    const members = keys.map((key) => jsonString(key) + colon + jsonText(value.get(key), options, depth + 1));
    return wrapped("{", "}", members, options, depth);
  }
  return value instanceof Decimal ? decimalText(value.number) : String(value);
};

const wrapped = (open: string, close: string, items: string[], options: JsonTextOptions, depth: number): string => {
  if (items.length === 0) return open + close;
  if (options.indent === undefined) return open + items.join(options.spaced ? ", " : ",") + close;
  const inner = `\n${" ".repeat(options.indent * (depth + 1))}`;
  const outer = `\n${" ".repeat(options.indent * depth)}`;
  return open + inner + items.join(`,${inner}`) + outer + close;
};

const jsonString = (text: string): string =>
  JSON.stringify(text).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** Orders strings as the service does, by code point and not by UTF-16 unit. */
export const byCodePoint = (left: string, right: string): number => {
  const a = [...left];
  const b = [...right];
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const difference = (a[index]?.codePointAt(0) ?? 0) - (b[index]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
};
