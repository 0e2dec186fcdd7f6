import { MalformedQuery, placeOf, type Token, tokensOf } from "./tokens.ts";

/** A place within the words of a query. */
export interface Cursor {
  readonly query: string;
  readonly tokens: readonly Token[];
  at: number;
}

export const cursorOf = (query: string): Cursor => ({ query, tokens: tokensOf(query), at: 0 });

type Test = (token: Token) => boolean;

export const isSymbol =
  (text: string): Test =>
  (token) =>
    token.kind === "symbol" && token.text === text;

/** Whether a word is a keyword, in any case. */
export const isWord =
  (text: string): Test =>
  (token) =>
    token.kind === "name" && token.text.toLowerCase() === text;

const END: Token = { kind: "end", text: "", start: 0, end: 0 };

export const peek = ({ tokens, at }: Cursor, ahead = 0): Token => tokens[at + ahead] ?? tokens.at(-1) ?? END;

export const next = (cursor: Cursor): Token => {
  const token = peek(cursor);
  if (token.kind !== "end") cursor.at += 1;
  return token;
};

/** The next word, taken if it is one that is asked for. */
export const take = (cursor: Cursor, test: Test): Token | undefined => (test(peek(cursor)) ? next(cursor) : undefined);

export const expect = (cursor: Cursor, test: Test): Token => {
  const token = take(cursor, test);
  if (token) return token;
  const found = peek(cursor);
  const what = found.kind === "end" ? "end of input" : cursor.query.slice(found.start, found.end);
  throw new MalformedQuery(`unexpected symbol found ${what} at line ${placeOf(cursor.query, found.start)}`, found);
};

/** The text between two places: what a column without a name is called. */
export const textSince = ({ query, tokens, at }: Cursor, from: number): string =>
  query.slice(tokens[from]?.start ?? 0, tokens[at - 1]?.end ?? 0);
