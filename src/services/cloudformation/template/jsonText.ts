import type { JsonValue } from "../../../kernel/json.ts";
import { formatError } from "./errors.ts";
import { type Offsets, type Position, positionAt, type SourceMap, sourceMap } from "./source.ts";

/** Reads JSON text. The positions are found in a second reading, and only when somebody asks for one. */
export const parseJson = (text: string): { readonly tree: JsonValue; readonly source: SourceMap } => {
  const json = text.replace(/^\uFEFF/, "");
  try {
    const tree: JsonValue = JSON.parse(json);
    return {
      tree,
      source: sourceMap(
        (offset) => positionAt(json, offset),
        () => locate(json),
      ),
    };
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    const { tree, offsets } = leniently(json);
    return {
      tree,
      source: sourceMap(
        (offset) => positionAt(json, offset),
        () => ({ tree, offsets }),
      ),
    };
  }
};

/** Reads what AWS takes though JSON has it otherwise. Throws `TemplateError`. */
const leniently = (text: string): ReturnType<typeof locate> => {
  try {
    return locate(text);
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    const { line, column } = placeOf(fault, text);
    throw formatError(`JSON not well-formed. (line ${line}, column ${column})`);
  }
};

/** AWS: the place told is behind the word or character that cannot stand there, or where the text ends too early. */
const placeOf = ({ offset }: Fault, text: string): Position => {
  if (offset >= text.length) return positionAt(text, text.length);
  const { line, column } = positionAt(text, offset);
  return { line, column: column + (wordAt(text, offset)?.length ?? 1) };
};

const wordAt = (text: string, offset: number): string | undefined => /^[A-Za-z_$][\w$]*/.exec(text.slice(offset))?.[0];

class Fault extends Error {
  readonly offset: number;
  constructor(offset: number) {
    super(`unexpected character at ${offset}`);
    this.offset = offset;
  }
}

const locate = (text: string): { readonly tree: JsonValue; readonly offsets: Offsets } => {
  const offsets: Offsets = new WeakMap();
  const scanner = new Scanner(text, offsets);
  return { tree: scanner.document(), offsets };
};

// Any character from the blank upwards but the quote and the backslash: control characters must be escaped.
const STRING = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const OPEN_STRING = new RegExp(STRING.source.slice(0, -1), "y");
const LITERAL = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?)(?![\w.])/y;
const SPACE = /[ \t\r\n]*/y;

/** A JSON reader that remembers where members start. JSON.parse does not tell, and its error texts differ between Nodes. */
class Scanner {
  readonly #text: string;
  readonly #offsets: Offsets;
  #at = 0;

  constructor(text: string, offsets: Offsets) {
    this.#text = text;
    this.#offsets = offsets;
  }

  document(): JsonValue {
    const value = this.#value();
    this.#space();
    if (this.#at < this.#text.length) throw new Fault(this.#at);
    return value;
  }

  #value(): JsonValue {
    this.#space();
    const next = this.#text[this.#at];
    if (next === "{") return this.#object();
    if (next === "[") return this.#array();
    return JSON.parse(this.#token(next === '"' ? STRING : LITERAL));
  }

  #object(): JsonValue {
    const entries: [string, JsonValue][] = [];
    const starts = new Map<string, number>();
    this.#members("}", () => {
      const start = this.#at;
      const key: string = JSON.parse(this.#token(STRING));
      this.#space();
      this.#expect(":");
      starts.set(key, start);
      entries.push([key, this.#value()]);
    });
    return this.#keep(Object.fromEntries(entries), starts);
  }

  #array(): JsonValue {
    const items: JsonValue[] = [];
    const starts = new Map<number, number>();
    this.#members("]", () => {
      starts.set(items.length, this.#at);
      items.push(this.#value());
    });
    return this.#keep(items, starts);
  }

  #members(close: string, member: () => void): void {
    this.#at += 1;
    this.#space();
    if (this.#text[this.#at] !== close) {
      member();
      for (this.#space(); this.#text[this.#at] === ","; this.#space()) {
        this.#at += 1;
        this.#space();
        // AWS: a comma may stand behind the last member.
        if (this.#text[this.#at] === close) break;
        member();
      }
    }
    this.#expect(close);
  }

  #keep<T extends object>(value: T, starts: ReadonlyMap<string | number, number>): T {
    this.#offsets.set(value, starts);
    return value;
  }

  #space(): void {
    this.#token(SPACE);
  }

  #expect(character: string): void {
    if (this.#text[this.#at] !== character) throw new Fault(this.#at);
    this.#at += 1;
  }

  /** How much of a string that has no right end is as it should be. */
  #goodPart(): number {
    OPEN_STRING.lastIndex = this.#at;
    return OPEN_STRING.exec(this.#text)?.[0].length ?? 0;
  }

  #token(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) throw new Fault(this.#at + this.#goodPart());
    this.#at += found.length;
    return found;
  }
}
