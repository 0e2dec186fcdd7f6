/** What is wrong with a text that is not JSON, in the words of AWS's own parser, which names the place as well. */
export const jsonFault = (bytes: Uint8Array): string => {
  try {
    new Scanner(bytes).scan();
  } catch (error) {
    if (error instanceof Fault) return error.message;
    throw error;
  }
  return "Unexpected content after the value";
};

class Fault extends Error {}

type Expected = "value" | "firstItem" | "firstName" | "name" | "colon" | "end" | "next";

interface Container {
  readonly kind: "Object" | "Array";
  readonly place: string;
}

const SOURCE = "Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled)";
const TOKENS = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** Reads up to the first fault. */
class Scanner {
  private readonly bytes: Uint8Array;
  private readonly open: Container[] = [];
  private at = 0;
  private line = 1;
  private lineStart = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  scan(): void {
    let expected: Expected = "value";
    for (;;) {
      this.skipSpace();
      if (this.at >= this.bytes.length) {
        if (expected === "end") return;
        this.failAtEnd();
      }
      expected = this.step(expected);
    }
  }

  private step(expected: Expected): Expected {
    const char = this.peek();
    switch (expected) {
      case "colon":
        if (char !== ":") this.unexpected("was expecting a colon to separate field name and value");
        this.at++;
        return "value";
      case "next":
        return this.next(char);
      case "firstName":
      case "name":
        if (char === "}" && expected === "firstName") return this.close();
        if (char !== '"') this.unexpected("was expecting double-quote to start field name");
        this.text(" in field name");
        return "colon";
      default:
        return char === "]" && expected === "firstItem" ? this.close() : this.value(char);
    }
  }

  private next(char: string): Expected {
    const { kind } = this.container();
    if (char === (kind === "Object" ? "}" : "]")) return this.close();
    if (char !== ",") this.unexpected(`was expecting comma to separate ${kind} entries`);
    this.at++;
    return kind === "Object" ? "name" : "value";
  }

  private value(char: string): Expected {
    if (char === "{" || char === "[") {
      const kind = char === "{" ? "Object" : "Array";
      this.open.push({ kind, place: this.place(this.at + 1) });
      this.at++;
      return kind === "Object" ? "firstName" : "firstItem";
    }
    if (char === '"') this.text(": was expecting closing quote for a string value");
    else if (/[-\d]/.test(char)) this.number();
    else if (/[A-Za-z_$]/.test(char)) this.word();
    else this.unexpected(`expected a valid value ${TOKENS}`);
    return this.after();
  }

  private close(): Expected {
    this.open.pop();
    this.at++;
    return this.after();
  }

  private after(): Expected {
    return this.open.length > 0 ? "next" : "end";
  }

  private text(atEnd: string): void {
    for (this.at++; this.peek() !== '"'; this.at++) {
      const code = this.bytes[this.at];
      if (code === undefined) throw this.fault(`Unexpected end-of-input${atEnd}`, this.at + 1);
      if (code < 0x20) {
        const shown = shownChar(code);
        throw this.fault(
          `Illegal unquoted character (${shown}): has to be escaped using backslash to be included in string value`,
          this.at + 2,
        );
      }
      if (code === BACKSLASH) this.escape();
    }
    this.at++;
  }

  private escape(): void {
    this.at++;
    const char = this.peek();
    if (char === "" || /["\\/bfnrtu]/.test(char)) return;
    throw this.fault(`Unrecognized character escape ${shownChar(char.charCodeAt(0))}`, this.at + 2);
  }

  private number(): void {
    const start = this.at;
    while (/[-+.\deE]/.test(this.peek())) this.at++;
    const text = Buffer.from(this.bytes.subarray(start, this.at)).toString("latin1");
    if (!NUMBER.test(text)) {
      const isLeading = /^-?0\d/.test(text);
      throw this.fault(
        `Invalid numeric value: ${isLeading ? "Leading zeroes not allowed" : `'${text}' is no number`}`,
        this.at + 1,
      );
    }
  }

  /** AWS: what begins like a word is read to its end before it is refused. */
  private word(): void {
    const start = this.at;
    while (/[\w$]/.test(this.peek())) this.at++;
    const word = Buffer.from(this.bytes.subarray(start, this.at)).toString("latin1");
    const code = this.bytes[this.at] ?? 0;
    if (code >= 0x80 && (code < 0xc2 || code > 0xf4)) {
      throw this.fault(`Invalid UTF-8 start byte 0x${code.toString(16)}`, this.at + 2);
    }
    if (!["null", "true", "false"].includes(word)) {
      const isAtEnd = this.at >= this.bytes.length;
      throw this.fault(`Unrecognized token '${word}': was expecting ${TOKENS}`, this.at + (isAtEnd ? 1 : 2));
    }
  }

  private container(): Container {
    return this.open.at(-1) ?? { kind: "Object", place: "" };
  }

  private failAtEnd(): never {
    const { kind, place } = this.container();
    if (this.open.length === 0) throw this.fault("No content to map due to end-of-input", this.at + 1);
    throw this.fault(
      `Unexpected end-of-input: expected close marker for ${kind} (start marker at ${place})`,
      this.at + 1,
    );
  }

  private unexpected(what: string): never {
    throw this.fault(`Unexpected character (${shownChar(this.bytes[this.at] ?? 0)}): ${what}`, this.at + 1);
  }

  private fault(what: string, column: number): Fault {
    return new Fault(`${what}\n at ${this.place(column)}`);
  }

  /** Columns are counted in bytes of their line, from one; most faults are told where reading had come to. */
  private place(column: number): string {
    return `[${SOURCE}; line: ${this.line}, column: ${column - this.lineStart}]`;
  }

  private skipSpace(): void {
    for (; /[ \t\r\n]/.test(this.peek()); this.at++) {
      if (this.peek() !== "\n") continue;
      this.line++;
      this.lineStart = this.at + 1;
    }
  }

  private peek(): string {
    const code = this.bytes[this.at];
    return code === undefined ? "" : String.fromCharCode(code);
  }
}

const BACKSLASH = 0x5c;

const shownChar = (code: number): string =>
  code < 0x20 || (code >= 0x7f && code < 0xa0)
    ? `(CTRL-CHAR, code ${code})`
    : `'${String.fromCharCode(code)}' (code ${code})`;
