/** A piece of JSON, in the order in which a reader meets them. */
export interface Token {
  readonly kind: "{" | "}" | "[" | "]" | "field" | "string" | "number" | "literal" | "end";
  readonly text: string;
  /** Where the reader stands then. AWS: of a string whose text it did not need, behind the opening quote. */
  readonly met: number;
  readonly end: number;
}

/** What a text is refused for, with the place of it, counted from 0. */
export class JsonFault extends Error {
  readonly reason: string;
  readonly at: number;

  constructor(reason: string, at: number) {
    super(reason);
    this.reason = reason;
    this.at = at;
  }
}

/** https://github.com/FasterXML/jackson-core: the depth at which AWS's reader gives up. */
const MAX_DEPTH = 1000;

const SPACE = /[ \t\r\n]*/y;
const WORD = /[A-Za-z_$][\w$]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON allows none of them in a string
const STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;

/** Reads JSON token by token, so that a refusal can say where it stands. Throws JsonFault in the words of AWS's own reader. */
export class JsonReader {
  readonly #text: string;
  readonly #open: ("{" | "[")[] = [];
  #position = 0;
  #fresh = true;
  #token: Token | undefined;
  /** The value behind a field's name: it is met along with it. */
  #ahead: Token | undefined;
  #where = 0;

  constructor(text: string) {
    this.#text = text;
  }

  next(): Token {
    const token = this.#ahead ?? this.#read();
    this.#ahead = token.kind === "field" ? this.#value() : undefined;
    this.#token = token;
    this.#where = this.#ahead?.met ?? token.met;
    return token;
  }

  /** The text of the token that was met last. */
  text(): string {
    if (this.#token && !this.#ahead) this.#where = this.#token.end;
    return this.#token?.text ?? "";
  }

  /** Where it stands, counted from 0. */
  get where(): number {
    return this.#where;
  }

  #read(): Token {
    const open = this.#open.at(-1);
    if (open === undefined) return this.#token ? this.#finish() : this.#value();
    const close = open === "{" ? "}" : "]";
    const next = this.#peek();
    if (next === close) {
      this.#open.pop();
      this.#fresh = false;
      return this.#take(close, 1);
    }
    const name = open === "{" ? "Object" : "Array";
    if (next === "") this.#refuse(`Unexpected end-of-input: expected close marker for ${name}`);
    if (!this.#fresh) {
      if (next !== ",") this.#unexpected(`was expecting comma to separate ${name} entries`);
      this.#position++;
    }
    this.#fresh = false;
    return open === "{" ? this.#field() : this.#value();
  }

  #finish(): Token {
    if (this.#peek() !== "") this.#unexpected("was expecting the end of the document");
    return this.#take("end", 0);
  }

  #field(): Token {
    if (this.#peek() !== '"') this.#unexpected("was expecting double-quote to start field name");
    const { text, end } = this.#string();
    if (this.#peek() !== ":") this.#unexpected("was expecting a colon to separate field name and value");
    this.#position++;
    return { kind: "field", text, met: end, end };
  }

  #value(): Token {
    const next = this.#peek();
    if (next === "{" || next === "[") {
      this.#open.push(next);
      this.#fresh = true;
      if (this.#open.length > MAX_DEPTH) {
        this.#refuse(`Document nesting depth (${MAX_DEPTH + 1}) exceeds the maximum allowed (${MAX_DEPTH})`);
      }
      return this.#take(next, 1);
    }
    if (next === '"') return this.#string();
    const digits = this.#match(NUMBER);
    if (digits !== undefined) return this.#take("number", digits.length);
    const word = this.#match(WORD);
    if (word === "true" || word === "false" || word === "null") return this.#take("literal", word.length);
    if (word === undefined) this.#unexpected(`expected a valid value (${VALUES})`);
    this.#position += word.length;
    return this.#refuse(`Unrecognized token '${word}': was expecting (${VALUES})`);
  }

  #string(): Token {
    const quoted = this.#match(STRING);
    if (quoted === undefined) this.#refuse("Unexpected end-of-input: was expecting closing quote for a string value");
    const met = this.#position + 1;
    this.#position += quoted.length;
    return { kind: "string", text: JSON.parse(quoted), met, end: this.#position };
  }

  #take(kind: Token["kind"], length: number): Token {
    const text = this.#text.slice(this.#position, this.#position + length);
    this.#position += length;
    return { kind, text, met: this.#position, end: this.#position };
  }

  #peek(): string {
    SPACE.lastIndex = this.#position;
    this.#position += SPACE.exec(this.#text)?.[0].length ?? 0;
    return this.#text.charAt(this.#position);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#position;
    return pattern.exec(this.#text)?.[0];
  }

  #unexpected(expectation: string): never {
    const next = this.#peek();
    if (next === "") this.#refuse("Unexpected end-of-input");
    return this.#refuse(`Unexpected character ('${next}' (code ${next.charCodeAt(0)})): ${expectation}`);
  }

  #refuse(reason: string): never {
    throw new JsonFault(reason, this.#position);
  }
}

const VALUES = "JSON String, Number, Array, Object or token 'null', 'true' or 'false'";

/** Why a text is no JSON, or undefined when it is. */
export const jsonFault = (text: string): JsonFault | undefined => {
  const reader = new JsonReader(text);
  try {
    while (reader.next().kind !== "end");
    return undefined;
  } catch (error) {
    if (error instanceof JsonFault) return error;
    throw error;
  }
};

/** `line: 1, column: 11`, as AWS counts them. */
export const placeIn = (text: string, at: number): string => {
  const before = text.slice(0, at).split("\n");
  return `line: ${before.length}, column: ${(before.at(-1)?.length ?? 0) + 1}`;
};
