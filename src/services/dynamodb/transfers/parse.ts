import type { Readable } from "node:stream";
import { isJsonObject } from "../../../kernel/json.ts";
import { validationError } from "../errors.ts";
import { keyAttributes } from "../items/keys.ts";
import type { TableRecord } from "../records.ts";
import type { Item } from "../values/attributeValue.ts";
import { type InputItem, readItem } from "../values/readValue.ts";
import type { CsvFormat } from "./records.ts";

/** One item of an object, as far as it has been looked at. */
export interface ParsedItem {
  readonly bytes: number;
  /** Throws ValidationException when it is none. */
  readonly read: () => Item;
}

/** The largest text of one item: its 400 KB, in base64 and escapes. */
export const MAX_ITEM_CHARACTERS = 4 * 1024 * 1024;

/** Objects in DynamoDB JSON, one after the other, on lines of their own or not. What cannot be read ends the object. */
export async function* jsonItems(bytes: Readable): AsyncGenerator<ParsedItem> {
  const decoder = new TextDecoder();
  const splitter = new ObjectSplitter();
  for await (const chunk of bytes) {
    for (const text of splitter.push(decoder.decode(chunk, { stream: true }))) yield jsonItem(text);
    if (splitter.isBroken) break;
  }
  if (splitter.rest.trim() !== "") yield unreadable(splitter.rest);
}

const jsonItem = (text: string): ParsedItem => ({
  bytes: Buffer.byteLength(text),
  read: () => {
    const parsed = parsedJson(text);
    const item = isJsonObject(parsed) ? parsed["Item"] : undefined;
    if (!isJsonObject(item)) throw validationError("An object of an import has no Item");
    return readItem(wireItem(item));
  },
});

const unreadable = (text: string): ParsedItem => ({
  bytes: Buffer.byteLength(text),
  read: () => {
    throw validationError("An object of an import cannot be read");
  },
});

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw validationError("An object of an import is not JSON");
  }
};

/** Attribute values as they are in JSON: reading them tells what each of them is, or that it is none. */
const wireItem = (item: object): InputItem => Object.fromEntries(Object.entries(item));

/** Cuts a text that comes in pieces into its outermost JSON objects. */
class ObjectSplitter {
  /** What has not become an object yet. */
  rest = "";
  isBroken = false;
  #at = 0;
  #depth = 0;
  #inText = false;
  #isEscaped = false;

  *push(piece: string): Generator<string> {
    this.rest += piece;
    let start = 0;
    for (; this.#at < this.rest.length && !this.isBroken; this.#at++) {
      if (!this.#endsObject(this.rest.charAt(this.#at))) continue;
      yield this.rest.slice(start, this.#at + 1).trim();
      start = this.#at + 1;
    }
    this.rest = this.rest.slice(start);
    this.#at -= start;
    if (this.rest.length > MAX_ITEM_CHARACTERS) this.isBroken = true;
  }

  #endsObject(character: string): boolean {
    if (this.#inText) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (character === "\\") this.#isEscaped = true;
      else if (character === '"') this.#inText = false;
      return false;
    }
    if (character === "{") this.#depth += 1;
    else if (character === '"') this.#inText = true;
    else if (character === "}") this.#depth -= 1;
    this.isBroken = this.#depth < 0 || (this.#depth === 0 && !/[\s}]/.test(character));
    return character === "}" && this.#depth === 0;
  }
}

/**
 * The lines of CSV. AWS: every value is a text, but for keys, which are what the table says, and a line's empty fields
 * are left out.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataImport.Format.html
 */
export async function* csvItems(bytes: Readable, format: CsvFormat, table: TableRecord): AsyncGenerator<ParsedItem> {
  const { parse } = await import("csv-parse");
  const types = new Map(
    [table.key, ...table.indexes.map(({ key }) => key)].flatMap(keyAttributes).map(({ name, type }) => [name, type]),
  );
  const lines = bytes.pipe(
    parse({ delimiter: format.delimiter, bom: true, relax_column_count: true, skip_empty_lines: true }),
  );
  let header = format.header;
  for await (const fields of lines) {
    if (!isFields(fields)) continue;
    if (!header) header = fields;
    else yield csvItem(header, fields, types);
  }
}

const isFields = (line: unknown): line is readonly string[] => Array.isArray(line);

const csvItem = (
  header: readonly string[],
  fields: readonly string[],
  types: ReadonlyMap<string, string>,
): ParsedItem => ({
  bytes: Buffer.byteLength(fields.join(",")),
  read: () => {
    if (fields.length > header.length) throw validationError("A line of an import has more fields than its header");
    const entries = fields.flatMap((field, position) => {
      const name = header[position];
      return name === undefined || field === "" ? [] : [[name, { [types.get(name) ?? "S"]: field }] as const];
    });
    return readItem(wireItem(Object.fromEntries(entries)));
  },
});
