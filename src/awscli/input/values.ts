import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { errorMessage } from "../../kernel/errors.ts";
import type { Member, Shape } from "../../wire/schema.ts";
import { isRecord } from "../clients.ts";
import { type Io, parameterError } from "../io.ts";
import { nameOf } from "../names.ts";
import { parseShorthand, type Shorthand, ShorthandError } from "./shorthand.ts";

/** What is needed to turn an argument into a value. */
export interface ValueContext {
  readonly io: Io;
  /** `--tags`, for messages. */
  readonly option: string;
  readonly rawBlobs: boolean;
}

/** The value of a parameter from its words: JSON, shorthand, `file://`, `fileb://` or plain. */
export const argumentValue = async (
  shape: Shape,
  words: readonly string[],
  context: ValueContext,
): Promise<unknown> => {
  const [only = ""] = words;
  if (shape.kind === "blob") return blobOf(shape.streaming, only, context);
  const texts = await Promise.all(words.map((word) => fileText(word, context)));
  const [text = ""] = texts;
  if (shape.kind === "list") return listOf(shape.item, texts, context);
  if (shape.kind === "structure" || shape.kind === "map" || shape.kind === "document") {
    const all = texts.length > 1 && !looksLikeJson(text) ? texts.join(",") : text;
    return convert(
      shape,
      looksLikeJson(all) || shape.kind === "document" ? json(all, context) : shorthand(all, context),
      context,
    );
  }
  return convert(shape, text, context);
};

/** A value given as JSON, such as all of `--cli-input-json`, in the shapes the SDK takes. */
export const fromJson = (shape: Shape, value: unknown, context: ValueContext): unknown =>
  convert(shape, value, context);

const looksLikeJson = (text: string): boolean => /^\s*[[{]/.test(text);

const listOf = (item: Member, texts: readonly string[], context: ValueContext): unknown => {
  const [text = ""] = texts;
  if (texts.length === 1 && /^\s*\[/.test(text)) return convert({ kind: "list", item }, json(text, context), context);
  const structured = item.shape.kind === "structure" || item.shape.kind === "map";
  return texts.map((each) => {
    if (looksLikeJson(each) && (structured || item.shape.kind === "list"))
      return convert(item.shape, json(each, context), context);
    return convert(item.shape, structured ? shorthand(each, context) : each, context);
  });
};

const shorthand = (text: string, { option }: ValueContext): Shorthand => {
  try {
    return parseShorthand(text);
  } catch (error) {
    throw error instanceof ShorthandError ? parameterError(option, error.message) : error;
  }
};

const json = (text: string, { option }: ValueContext): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw parameterError(option, `Invalid JSON: ${errorMessage(error)}\nJSON received: ${text}`);
  }
};

const convert = (shape: Shape, value: unknown, context: ValueContext): unknown => {
  if (value === null || value === undefined) return undefined;
  switch (shape.kind) {
    case "structure":
      return structureOf(shape.members, value, context);
    case "map":
      if (!isRecord(value)) throw parameterError(context.option, `expected a map, received ${JSON.stringify(value)}`);
      return mapEntries(value, (each) => convert(shape.value.shape, each, context));
    case "list":
      // Shorthand cannot tell a list of one from its item.
      return (Array.isArray(value) ? value : [value]).map((each) => convert(shape.item.shape, each, context));
    case "number":
      return numberOf(value, context);
    case "bigint":
      return BigInt(String(value));
    case "boolean":
      return typeof value === "boolean" ? value : String(value).toLowerCase() === "true";
    case "timestamp":
      return dateOf(value, context);
    case "blob":
      return context.rawBlobs ? Buffer.from(String(value)) : Buffer.from(String(value), "base64");
    case "document":
      return value;
    default:
      return typeof value === "object" ? JSON.stringify(value) : String(value);
  }
};

const structureOf = (members: readonly Member[], value: unknown, context: ValueContext): unknown => {
  if (!isRecord(value) || Array.isArray(value))
    throw parameterError(context.option, `expected key=value pairs, received ${JSON.stringify(value)}`);
  const names = members.map(({ name }) => name);
  const entries = Object.entries(value).map(([key, each]) => {
    const name = names.includes(key) ? key : nameOf(key, names);
    const member = members.find((candidate) => candidate.name === name);
    if (!member)
      throw parameterError(context.option, `Unknown parameter in input: "${key}", must be one of: ${names.join(", ")}`);
    return [member.name, convert(member.shape, each, context)] as const;
  });
  return Object.fromEntries(entries);
};

const mapEntries = (
  value: Readonly<Record<string, unknown>>,
  change: (each: unknown) => unknown,
): Record<string, unknown> => Object.fromEntries(Object.entries(value).map(([key, each]) => [key, change(each)]));

const numberOf = (value: unknown, { option }: ValueContext): number => {
  const number = typeof value === "number" ? value : Number(String(value).trim() || Number.NaN);
  if (Number.isNaN(number)) throw parameterError(option, `invalid literal for int() with base 10: '${value}'`);
  return number;
};

const dateOf = (value: unknown, { option }: ValueContext): Date => {
  const date = new Date(/^\d+(\.\d+)?$/.test(String(value)) ? Number(value) * 1000 : String(value));
  if (Number.isNaN(date.getTime())) throw parameterError(option, `Invalid timestamp "${value}"`);
  return date;
};

/** AWS: blobs in arguments are base64, unless the binary format says otherwise; a streaming one is a path. */
const blobOf = async (streaming: boolean, word: string, context: ValueContext): Promise<Uint8Array> => {
  if (streaming) return readPath(word, context);
  if (word.startsWith("fileb://")) return readPath(word.slice("fileb://".length), context);
  const text = await fileText(word, context);
  return context.rawBlobs ? Buffer.from(text) : Buffer.from(text, "base64");
};

const fileText = async (word: string, context: ValueContext): Promise<string> => {
  const path = /^fileb?:\/\/(.*)$/s.exec(word)?.[1];
  return path === undefined ? word : (await readPath(path, context)).toString();
};

const readPath = async (path: string, { io, option }: ValueContext): Promise<Buffer> => {
  try {
    return await readFile(resolve(io.cwd, path.replace(/^~(?=\/)/, io.env["HOME"] ?? "~")));
  } catch (error) {
    throw parameterError(option, `Unable to load paramfile ${path}: ${errorMessage(error)}`);
  }
};
