/** A word of a query, with its place in the text. */
export interface Token {
  readonly kind: "name" | "quotedName" | "number" | "span" | "text" | "regex" | "symbol" | "end";
  /** The word itself, without its quotes. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What is wrong with a query, and where. */
export class MalformedQuery extends Error {
  readonly start: number;
  readonly end: number;

  constructor(message: string, { start, end }: Pick<Token, "start" | "end">) {
    super(message);
    this.start = start;
    this.end = end;
  }
}

const SHAPES: readonly (readonly [Token["kind"] | "blank", RegExp])[] = [
  ["blank", /(?:\s+|#[^\n]*)/y],
  ["span", /\d+(?:ms|mo|[smhdwqy])\b/y],
  ["number", /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y],
  ["quotedName", /`([^`]*)`/y],
  ["text", /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/y],
  ["name", /[@A-Za-z_$][\w.@$]*/y],
  ["symbol", /!=|<=|>=|=~|[|,()[\]=<>+\-*/%^]/y],
];

const REGEX = /\/((?:[^/\\\n]|\\.)+)\/([a-z]*)/y;

/** After these a stroke begins a regular expression; elsewhere it divides. */
const BEFORE_REGEX = ["like", "parse", "=~", ","];

/** The words of a query. */
export const tokensOf = (query: string): readonly Token[] => {
  const tokens: Token[] = [];
  for (let at = 0; at < query.length; ) {
    const token = wordAt(query, at, tokens);
    if (token.kind !== "blank") tokens.push({ ...token, kind: token.kind });
    at = token.end;
  }
  return [...tokens, { kind: "end", text: "", start: query.length, end: query.length }];
};

type Word = Omit<Token, "kind"> & { readonly kind: Token["kind"] | "blank" };

const wordAt = (query: string, at: number, before: readonly Token[]): Word => {
  if (query[at] === "/" && beginsRegex(before)) {
    REGEX.lastIndex = at;
    const match = REGEX.exec(query);
    if (match) return { kind: "regex", text: match[0], start: at, end: REGEX.lastIndex };
  }
  for (const [kind, shape] of SHAPES) {
    shape.lastIndex = at;
    const match = shape.exec(query);
    if (!match) continue;
    const inner = kind === "quotedName" || kind === "text" ? (match[1] ?? match[2] ?? "") : match[0];
    return { kind, text: inner, start: at, end: shape.lastIndex };
  }
  throw new MalformedQuery(`unexpected symbol found ${query[at] ?? ""} at line ${placeOf(query, at)}`, {
    start: at,
    end: at + 1,
  });
};

/** `parse @message /…/` has a field before its expression. */
const beginsRegex = (before: readonly Token[]): boolean => {
  const [second, last] = before.slice(-2);
  const isKey = (token: Token | undefined) => token !== undefined && BEFORE_REGEX.includes(token.text.toLowerCase());
  return isKey(last) || (second?.text.toLowerCase() === "parse" && second.kind === "name");
};

/** A place as AWS names it. */
export const placeOf = (query: string, at: number): string => {
  const lines = query.slice(0, at).split("\n");
  return `${lines.length} and position ${lines.at(-1)?.length ?? 0}`;
};

/** The expression that a word between strokes is. */
export const regexOf = (token: Token): RegExp => {
  const [, source = "", flags = ""] = /^\/(.*)\/([a-z]*)$/s.exec(token.text) ?? [];
  // AWS's dialect sets flags within.
  const inner = /^\(\?([ims]+)\)/.exec(source);
  try {
    return new RegExp(inner ? source.slice(inner[0].length) : source, `${flags}${inner?.[1] ?? ""}`);
  } catch (error) {
    throw new MalformedQuery(error instanceof Error ? error.message : String(error), token);
  }
};
