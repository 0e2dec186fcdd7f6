import { MAX_PATTERN_DEPTH } from "../limits.ts";
import { comparison, invalidPattern, type Operator, type PatternValue } from "./comparison.ts";
import { readToken, type Token } from "./jsonTokens.ts";
import type { MessageMatcher } from "./messageMatcher.ts";

type DocumentTest = (document: unknown) => boolean;

/** `{ ($.level = "ERROR" || $.code >= 500) && $.user.id NOT EXISTS }` */
export const jsonMatcher = (pattern: string): MessageMatcher => {
  const test = new Parser(pattern).parse();
  return (message) => {
    if (!/^\s*[{[]/.test(message)) return false;
    try {
      return test(JSON.parse(message));
    } catch {
      // Not JSON, so not what was asked for.
      return false;
    }
  };
};

class Parser {
  private readonly tokens: Token[] = [];
  private at = 0;
  private depth = 0;

  constructor(pattern: string) {
    if (!pattern.endsWith("}")) throw invalidPattern();
    const text = pattern.slice(1, -1);
    for (let from = 0; ; ) {
      const read = readToken(text, from);
      if (!read) break;
      this.tokens.push(read.token);
      from = read.end;
    }
  }

  parse(): DocumentTest {
    const test = this.either();
    if (this.at < this.tokens.length) throw invalidPattern();
    return test;
  }

  private either(): DocumentTest {
    const tests = [this.both()];
    while (this.takes("||")) tests.push(this.both());
    return tests.length === 1 && tests[0] ? tests[0] : (document) => tests.some((test) => test(document));
  }

  private both(): DocumentTest {
    const tests = [this.one()];
    while (this.takes("&&")) tests.push(this.one());
    return tests.length === 1 && tests[0] ? tests[0] : (document) => tests.every((test) => test(document));
  }

  private one(): DocumentTest {
    if (!this.takes("(")) return this.condition();
    if (++this.depth > MAX_PATTERN_DEPTH) throw invalidPattern();
    const test = this.either();
    this.depth--;
    if (!this.takes(")")) throw invalidPattern();
    return test;
  }

  private condition(): DocumentTest {
    const selector = this.next();
    if (selector.kind !== "selector") throw invalidPattern();
    const test = this.test();
    const { path } = selector;
    return (document) => {
      const found = select(document, path);
      return found.length === 0 ? test(undefined) : found.some(test);
    };
  }

  private test(): (found: unknown) => boolean {
    if (this.takesWord("IS")) {
      const word = this.next();
      const wanted = word.kind === "bare" ? CONSTANTS.get(word.text.toUpperCase()) : undefined;
      if (wanted === undefined) throw invalidPattern();
      return (found) => found === wanted;
    }
    if (this.takesWord("NOT")) {
      if (!this.takesWord("EXISTS")) throw invalidPattern();
      return (found) => found === undefined;
    }
    if (this.takesWord("EXISTS")) return (found) => found !== undefined;
    const operator = this.next();
    if (operator.kind !== "symbol" || !isOperator(operator.text)) throw invalidPattern();
    return comparison(operator.text, this.value());
  }

  private value(): PatternValue {
    const token = this.next();
    if (token.kind === "selector" || token.kind === "symbol") throw invalidPattern();
    return { kind: token.kind, text: token.text };
  }

  private next(): Token {
    const token = this.tokens[this.at++];
    if (!token) throw invalidPattern();
    return token;
  }

  private takes(symbol: string): boolean {
    const token = this.tokens[this.at];
    const is = token?.kind === "symbol" && token.text === symbol;
    if (is) this.at++;
    return is;
  }

  private takesWord(word: string): boolean {
    const token = this.tokens[this.at];
    const is = token?.kind === "bare" && token.text.toUpperCase() === word;
    if (is) this.at++;
    return is;
  }
}

const CONSTANTS = new Map<string, boolean | null>([
  ["TRUE", true],
  ["FALSE", false],
  ["NULL", null],
]);

const isOperator = (text: string): text is Operator => ["=", "!=", "<", ">", "<=", ">="].includes(text);

/** Every value a path leads to; `*` leads to all items. */
const select = (document: unknown, path: readonly string[]): unknown[] => {
  let found: unknown[] = [document];
  for (const step of path) found = found.flatMap((value) => stepInto(value, step));
  return found;
};

const stepInto = (value: unknown, step: string): unknown[] => {
  if (typeof value !== "object" || value === null) return [];
  if (step === "*") return Object.values(value);
  return Object.entries(value).flatMap(([name, member]) => (name === step ? [member] : []));
};
