import { invalidExpression } from "./invalid.ts";
import type { Token } from "./tokens.ts";

/** The tokens yet to be read. */
export interface Reader {
  peek(): Token | undefined;
  /** Takes the next token if it is this symbol, or this word in any case. */
  take(text: string): boolean;
  expect(text: string): void;
  next(): Token;
  /** How far expressions are within one another. */
  depth: number;
}

export const readerOf = (tokens: readonly Token[]): Reader => {
  let at = 0;
  const reader: Reader = {
    depth: 0,
    peek: () => tokens[at],
    take: (text) => {
      const token = tokens[at];
      const isIt = token?.kind !== "text" && token?.text.toLowerCase() === text.toLowerCase();
      if (isIt) at += 1;
      return isIt;
    },
    expect: (text) => {
      if (!reader.take(text)) throw invalidExpression(`expected "${text}"`);
    },
    next: () => {
      const token = tokens[at];
      if (!token) throw invalidExpression("it ends too early");
      at += 1;
      return token;
    },
  };
  return reader;
};
