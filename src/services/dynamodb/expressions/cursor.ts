import { known } from "../../../kernel/errors.ts";
import { MAX_PARSE_DEPTH } from "../limits.ts";
import { ExpressionFault } from "./fault.ts";
import { type Token, tokensOf } from "./tokens.ts";

/** A place in an expression's tokens, with what a parser needs to move on and to complain. */
export class Cursor {
  operators = 0;
  redundantParentheses = false;
  readonly #text: string;
  readonly #tokens: readonly Token[];
  readonly #closing: ReadonlyMap<number, number>;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokensOf(text);
    this.#closing = closingParentheses(this.#tokens);
  }

  get token(): Token {
    return known(this.#tokens[this.#at], "the token at the cursor");
  }

  get isAtEnd(): boolean {
    return this.token.kind === "end";
  }

  /** The token after this one; the end has none. */
  get next(): Token | undefined {
    return this.#tokens[this.#at + 1];
  }

  /** The token after the parenthesis that closes the one at the cursor, when there is one. */
  get tokenAfterGroup(): Token | undefined {
    const closing = this.#closing.get(this.#at);
    return closing === undefined ? undefined : this.#tokens[closing + 1];
  }

  advance(): Token {
    const { token } = this;
    this.#at++;
    return token;
  }

  isSymbol(symbol: string): boolean {
    return this.token.kind === "symbol" && this.token.text === symbol;
  }

  /** Keywords are written in any case. */
  isKeyword(keyword: string): boolean {
    return isKeyword(this.token, keyword);
  }

  /** Moves over the symbol, if it is there. */
  takeSymbol(symbol: string): boolean {
    const found = this.isSymbol(symbol);
    if (found) this.#at++;
    return found;
  }

  /** Moves over the keyword, if it is there. */
  takeKeyword(keyword: string): boolean {
    const found = this.isKeyword(keyword);
    if (found) this.#at++;
    return found;
  }

  expectSymbol(symbol: string): void {
    if (!this.takeSymbol(symbol)) throw this.syntaxError();
  }

  expectKeyword(keyword: string): void {
    if (!this.takeKeyword(keyword)) throw this.syntaxError();
  }

  /** Parses what is between the parentheses at the cursor, and notes when it is in parentheses again. */
  group<T>(parseInner: () => T): T {
    const closing = this.#closing.get(this.#at);
    if (closing !== undefined && this.#closing.get(this.#at + 1) === closing - 1) this.redundantParentheses = true;
    this.expectSymbol("(");
    const inner = this.deeper(parseInner);
    this.expectSymbol(")");
    return inner;
  }

  /** Parses one level deeper, up to a bound that keeps the stack whole. */
  deeper<T>(parseInner: () => T): T {
    if (this.#depth === MAX_PARSE_DEPTH) throw new ExpressionFault("The expression has redundant parentheses;");
    this.#depth++;
    const inner = parseInner();
    this.#depth--;
    return inner;
  }

  /** AWS shows the token with its neighbours, as they are written. */
  syntaxError(): ExpressionFault {
    const { token } = this;
    const from = this.#tokens[this.#at - 1] ?? token;
    const to = this.next ?? token;
    return new ExpressionFault(`Syntax error; token: "${token.text}", near: "${this.#text.slice(from.start, to.end)}"`);
  }
}

/** Whether the token is that keyword, in any case. */
export const isKeyword = (token: Token | undefined, keyword: string): boolean =>
  token?.kind === "name" && token.text.length === keyword.length && token.text.toUpperCase() === keyword;

/** For each opening parenthesis the place of the one that closes it. */
const closingParentheses = (tokens: readonly Token[]): ReadonlyMap<number, number> => {
  const closing = new Map<number, number>();
  const open: number[] = [];
  tokens.forEach(({ kind, text }, at) => {
    if (kind !== "symbol") return;
    if (text === "(") open.push(at);
    if (text !== ")") return;
    const opening = open.pop();
    if (opening !== undefined) closing.set(opening, at);
  });
  return closing;
};
