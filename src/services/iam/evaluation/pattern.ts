import { ANY_ONE, ANY_RUN, type Piece, type TextTest, wildcardTest } from "./wildcard.ts";

/** The request's condition keys, names in lower case, each with its values. */
export type ConditionContext = ReadonlyMap<string, readonly string[]>;

/** `${aws:username}` or, with a default, `${aws:PrincipalTag/team, 'company-wide'}`. */
export interface Variable {
  readonly key: string;
  readonly fallback: string | undefined;
}

export type Token = Piece | Variable;

/** Tells whether a text matches, given the request's condition keys. */
export type PatternTest = (text: string, context: ConditionContext) => boolean;

/** What in a text is special. Variables are only known to policies of version 2012-10-17. */
export interface Syntax {
  readonly wildcards: boolean;
  readonly variables: boolean;
}

const VARIABLE_OR_WILDCARD = /\$\{([*?$])\}|\$\{([^{}',]+)(?:,\s*'((?:[^']|'')*)'\s*)?\}|\*|\?/g;

/** Takes a pattern apart. `${*}`, `${?}` and `${$}` are the characters themselves. */
export const tokenize = (text: string, { wildcards, variables }: Syntax): readonly Token[] => {
  const tokens: Token[] = [];
  let from = 0;
  for (const match of text.matchAll(VARIABLE_OR_WILDCARD)) {
    const [whole, character, key, fallback] = match;
    const isWildcard = whole === "*" || whole === "?";
    if (isWildcard ? !wildcards : !variables) continue;
    if (match.index > from) tokens.push(text.slice(from, match.index));
    from = match.index + whole.length;
    if (isWildcard) tokens.push(whole === "*" ? ANY_RUN : ANY_ONE);
    else if (character !== undefined) tokens.push(character);
    else if (key !== undefined) {
      tokens.push({ key: key.trim().toLowerCase(), fallback: fallback?.replaceAll("''", "'") });
    }
  }
  if (from < text.length) tokens.push(text.slice(from));
  return tokens;
};

/** Compiles tokens. With `fold`, both sides are compared in lower case. */
export const patternTest = (tokens: readonly Token[], fold = false): PatternTest => {
  const pieces = tokens.filter(isPiece);
  if (pieces.length === tokens.length) {
    const test = foldedTest(pieces, fold);
    return (text) => test(text);
  }
  return (text, context) => {
    const resolved = resolve(tokens, context);
    return resolved !== undefined && foldedTest(resolved, fold)(text);
  };
};

const isPiece = (token: Token): token is Piece => typeof token !== "object";

const foldedTest = (pieces: readonly Piece[], fold: boolean): TextTest => {
  if (!fold) return wildcardTest(pieces);
  const test = wildcardTest(pieces.map((piece) => (typeof piece === "string" ? piece.toLowerCase() : piece)));
  return (text) => test(text.toLowerCase());
};

/** AWS: a variable without a value, or with several, makes its pattern match nothing. A value's own `*` is no wildcard. */
const resolve = (tokens: readonly Token[], context: ConditionContext): readonly Piece[] | undefined => {
  const pieces: Piece[] = [];
  for (const token of tokens) {
    if (isPiece(token)) {
      pieces.push(token);
      continue;
    }
    const values = context.get(token.key);
    const value = values?.length === 1 ? values[0] : token.fallback;
    if (value === undefined) return undefined;
    pieces.push(value);
  }
  return pieces;
};
