import { invalidParameter, validationError } from "../errors.ts";
import type { AttributeValue } from "../values/attributeValue.ts";
import { notWellFormed } from "./fault.ts";
import { type Token, tokensOf } from "./tokens.ts";

/** Far deeper than an item may be, and safe for the stack. */
const MAX_DEPTH = 100;

/** Reads a statement from its beginning to its end; `?` takes the parameters one after the other. */
export class Reader {
  private readonly tokens: readonly Token[];
  private readonly parameters: readonly AttributeValue[];
  private at = 0;
  private used = 0;
  private depth = 0;

  constructor(statement: string, parameters: readonly AttributeValue[]) {
    this.tokens = tokensOf(statement);
    this.parameters = parameters;
  }

  peek(ahead = 0): Token | undefined {
    return this.tokens[this.at + ahead];
  }

  next(): Token | undefined {
    return this.tokens[this.at++];
  }

  /** Whether a keyword comes next. */
  isKeyword(word: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token?.kind === "name" && !token.quoted && token.text.toUpperCase() === word;
  }

  /** Takes a keyword if it comes next. */
  keyword(word: string): boolean {
    if (!this.isKeyword(word)) return false;
    this.at++;
    return true;
  }

  expectKeyword(word: string): void {
    if (!this.keyword(word)) throw notWellFormed(`Expected ${word} but found ${this.found()}`);
  }

  isSymbol(text: string): boolean {
    const token = this.peek();
    return token?.kind === "symbol" && token.text === text;
  }

  symbol(text: string): boolean {
    if (!this.isSymbol(text)) return false;
    this.at++;
    return true;
  }

  expectSymbol(text: string): void {
    if (!this.symbol(text)) throw notWellFormed(`Expected '${text}' but found ${this.found()}`);
  }

  /** A name, quoted or not. */
  name(): string {
    const token = this.next();
    if (token?.kind === "name") return token.text;
    this.at--;
    throw notWellFormed(`Expected identifier but found ${this.found()}`);
  }

  parameter(): AttributeValue {
    const value = this.parameters[this.used++];
    if (value === undefined) throw parametersDiffer();
    return value;
  }

  /** Elements separated by commas, up to the closing symbol. */
  list<T>(close: string, element: () => T): readonly T[] {
    const elements: T[] = [];
    if (this.symbol(close)) return elements;
    do elements.push(element());
    while (this.symbol(","));
    this.expectSymbol(close);
    return elements;
  }

  /** Runs a part that may hold itself. */
  nested<T>(part: () => T): T {
    if (++this.depth > MAX_DEPTH) throw invalidParameter("The statement is nested too deeply");
    const read = part();
    this.depth--;
    return read;
  }

  /** Throws unless everything was read. */
  end(): void {
    if (this.at < this.tokens.length) throw notWellFormed(`Unexpected token after expression: ${this.found()}`);
    if (this.used < this.parameters.length) throw parametersDiffer();
  }

  found(): string {
    return this.peek()?.text ?? "the end of the statement";
  }
}

const parametersDiffer = () => validationError("Number of parameters in request and statement don't match.");
