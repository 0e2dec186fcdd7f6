/** What a token is. A `name` may turn out to be a keyword: that depends on the kind of expression. */
export type TokenKind = "name" | "namePlaceholder" | "valuePlaceholder" | "number" | "symbol" | "unknown" | "end";

/** A piece of an expression; `start` and `end` are its place in the text. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What AWS calls the end of an expression. */
export const END_TEXT = "<EOF>";

const TOKEN =
  /[ \t\r\n]+|(?<name>[A-Za-z][A-Za-z0-9_]*)|(?<namePlaceholder>#[A-Za-z0-9_]+)|(?<valuePlaceholder>:[A-Za-z0-9_]+)|(?<number>[0-9]+)|(?<symbol><>|<=|>=|[()[\],.=<>+-])|(?<unknown>[\s\S])/gu;

/** Splits an expression into tokens. It never fails: what belongs to no token is `unknown`, and the last one is `end`. */
export const tokensOf = (text: string): readonly Token[] => {
  const tokens: Token[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const kind = kindOf(match.groups);
    if (kind === undefined) continue;
    const start = match.index;
    const [piece] = match;
    tokens.push({ kind, text: piece, start, end: start + piece.length });
  }
  tokens.push({ kind: "end", text: END_TEXT, start: text.length, end: text.length });
  return tokens;
};

const kindOf = (groups: Record<string, string | undefined> | undefined): TokenKind | undefined => {
  if (groups?.["name"] !== undefined) return "name";
  if (groups?.["symbol"] !== undefined) return "symbol";
  if (groups?.["namePlaceholder"] !== undefined) return "namePlaceholder";
  if (groups?.["valuePlaceholder"] !== undefined) return "valuePlaceholder";
  if (groups?.["number"] !== undefined) return "number";
  return groups?.["unknown"] === undefined ? undefined : "unknown";
};
