import { isAlias, isMap, isScalar, isSeq, type Node, parseDocument } from "yaml";
import { invalidStructure } from "./errors.ts";
import { Decimal, Dict, isDict, literal, textOf, type Value } from "./values/value.ts";

/** The template's text is neither YAML nor JSON. */
export class UnreadableTemplate extends Error {}

const MAX_DEPTH = 200;
const TIMESTAMP = "tag:yaml.org,2002:timestamp";

/**
 * Reads a template's text, YAML or JSON, short forms of functions included.
 * Keeps what plain objects lose but hashes show: the order of numeric keys, and decimal points.
 */
export const readTemplateText = (text: string): Dict => {
  const value = readText(text);
  if (isDict(value)) return value;
  throw new UnreadableTemplate("The template is not a map.");
};

/** Reads any YAML or JSON text. */
export const readText = (text: string): Value => {
  const document = parseDocument(text, {
    version: "1.1",
    intAsBigInt: true,
    logLevel: "silent",
    uniqueKeys: false,
    // AWS: dates such as a policy's version stay text.
    customTags: (tags) => tags.filter((tag) => typeof tag === "string" || tag.tag !== TIMESTAMP),
  });
  const error = document.errors[0];
  if (error) throw new UnreadableTemplate(error.message);
  return read(document.contents, { document, isJson: jsonProblem(text) === undefined, depth: 0 });
};

/** What keeps the text from being JSON, if anything does. */
export const jsonProblem = (text: string): string | undefined => {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

interface Reading {
  readonly document: ReturnType<typeof parseDocument>;
  /** JSON and YAML differ in what reads as a number. */
  readonly isJson: boolean;
  readonly depth: number;
}

const read = (node: unknown, reading: Reading): Value => {
  if (reading.depth > MAX_DEPTH) throw invalidStructure("The template is nested too deeply.");
  const inner = { ...reading, depth: reading.depth + 1 };
  if (isAlias(node)) {
    const anchored = node.resolve(reading.document);
    if (anchored === undefined) throw new UnreadableTemplate(`No anchor is named '${node.source}'.`);
    return read(anchored, inner);
  }
  const value = readBare(node, inner);
  const tag = isTagged(node) ? node.tag : undefined;
  return tag === undefined ? value : shortForm(tag, value);
};

const isTagged = (node: unknown): node is Node & { readonly tag: string } =>
  (isScalar(node) || isMap(node) || isSeq(node)) && typeof node.tag === "string" && /^![A-Za-z]/.test(node.tag);

/** `!Sub text` is `{"Fn::Sub": text}`; only Ref and Condition go without the prefix. */
const shortForm = (tag: string, value: Value): Dict => {
  const name = tag.slice(1).replace(/^Fn::/, "");
  const dict = Dict.plain();
  const path = name === "GetAtt" ? textOf(value) : undefined;
  if (path === undefined) dict.put(name === "Ref" || name === "Condition" ? name : `Fn::${name}`, value);
  else {
    const dot = path.indexOf(".");
    const parts = dot < 0 ? [path] : [path.slice(0, dot), path.slice(dot + 1)];
    dict.put("Fn::GetAtt", parts.map(literal));
  }
  return dict;
};

const readBare = (node: unknown, reading: Reading): Value => {
  if (isSeq(node)) return node.items.map((item) => read(item, reading));
  if (isScalar(node)) {
    const source = typeof node.source === "string" ? node.source : "";
    return isNumeric(node.value) && !reading.isJson && !NUMBER.test(source)
      ? literal(source)
      : readScalar(node.value, source);
  }
  if (!isMap(node)) return null;
  const dict = Dict.plain();
  for (const { key, value } of node.items) {
    const name = keyText(key);
    const item = read(value, reading);
    if (name === "<<" && !isQuoted(key)) mergeInto(dict, item);
    else dict.put(name, item);
  }
  return dict;
};

/** Keys are text, whatever else an unquoted one would read as. */
const keyText = (key: unknown): string => {
  if (!isScalar(key)) return String(key);
  if (typeof key.value === "string") return key.value;
  return typeof key.source === "string" ? key.source : String(key.value);
};

const isQuoted = (key: unknown): boolean =>
  isScalar(key) && (key.type === "QUOTE_DOUBLE" || key.type === "QUOTE_SINGLE");

/** YAML's merge key: entries of the map or maps, where not set already. */
const mergeInto = (dict: Dict, value: Value): void => {
  for (const source of Array.isArray(value) ? value : [value]) {
    if (!isDict(source)) continue;
    for (const [key, item] of source.entries()) if (!dict.has(key)) dict.put(key, item);
  }
};

const isNumeric = (value: unknown): boolean => typeof value === "bigint" || typeof value === "number";

/**
 * Numbers of YAML 1.1.
 * AWS: a leading zero means octal, so `0123456789` is text; an exponent comes after a point and with a sign.
 */
const NUMBER = new RegExp(
  [
    "^[-+]?(0b[01_]+|0[0-7_]*|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(:[0-5]?[0-9])+)$",
    "^[-+]?[0-9][0-9_]*(\\.[0-9_]*(e[-+][0-9]+)?|(:[0-5]?[0-9])+\\.[0-9_]*)$",
    "^\\.[0-9][0-9_]*(e[-+][0-9]+)?$",
  ].join("|"),
  "i",
);

const readScalar = (value: unknown, source: string): Value => {
  if (typeof value === "bigint") return Number(value);
  // A lone dot reads as no number, and JSON knows no infinity: both stay text.
  if (typeof value === "number") return Number.isFinite(value) ? new Decimal(value) : literal(source);
  // AWS: `yes` and `no` are booleans, a bare `y` or `n` is text.
  if (typeof value === "boolean") return source.length === 1 ? literal(source) : value;
  if (typeof value === "string") return literal(value);
  return value === null ? null : literal(source);
};
