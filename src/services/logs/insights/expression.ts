import { type Cursor, expect, isSymbol, isWord, next, peek, take } from "./cursor.ts";
import { MalformedQuery, regexOf, type Token } from "./tokens.ts";

/** What a query computes. */
export type Expression =
  | { readonly kind: "value"; readonly value: string | number }
  | { readonly kind: "field"; readonly name: string }
  | { readonly kind: "regex"; readonly regex: RegExp }
  /** A stretch of time, in milliseconds. */
  | { readonly kind: "span"; readonly ms: number }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "star" }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: "not"; readonly of: Expression }
  | { readonly kind: "operation"; readonly operator: string; readonly left: Expression; readonly right: Expression };

/** Reads an expression. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-operations-functions.html */
export const readExpression = (cursor: Cursor): Expression => either(cursor);

const either = (cursor: Cursor): Expression => {
  let left = both(cursor);
  while (take(cursor, isWord("or"))) left = { kind: "operation", operator: "or", left, right: both(cursor) };
  return left;
};

const both = (cursor: Cursor): Expression => {
  let left = negation(cursor);
  while (take(cursor, isWord("and"))) left = { kind: "operation", operator: "and", left, right: negation(cursor) };
  return left;
};

const negation = (cursor: Cursor): Expression =>
  take(cursor, isWord("not")) ? { kind: "not", of: negation(cursor) } : comparison(cursor);

const COMPARISONS = ["=", "!=", "<", "<=", ">", ">=", "=~"];

const comparison = (cursor: Cursor): Expression => {
  const left = sum(cursor);
  const symbol = take(cursor, (token) => token.kind === "symbol" && COMPARISONS.includes(token.text));
  if (symbol) {
    const operator = symbol.text === "=~" ? "like" : symbol.text;
    return { kind: "operation", operator, left, right: sum(cursor) };
  }
  const isNot = isWord("not")(peek(cursor)) && ["like", "in"].includes(peek(cursor, 1).text.toLowerCase());
  if (isNot) next(cursor);
  const word = take(cursor, (token) => isWord("like")(token) || isWord("in")(token));
  if (!word) return left;
  const operator = word.text.toLowerCase();
  const right = operator === "in" ? list(cursor) : sum(cursor);
  const found: Expression = { kind: "operation", operator, left, right };
  return isNot ? { kind: "not", of: found } : found;
};

const list = (cursor: Cursor): Expression => {
  expect(cursor, isSymbol("["));
  const items: Expression[] = [];
  while (!isSymbol("]")(peek(cursor))) {
    items.push(sum(cursor));
    if (!take(cursor, isSymbol(","))) break;
  }
  expect(cursor, isSymbol("]"));
  return { kind: "list", items };
};

const chain =
  (symbols: readonly string[], inner: (cursor: Cursor) => Expression) =>
  (cursor: Cursor): Expression => {
    let left = inner(cursor);
    for (;;) {
      const symbol = take(cursor, (token) => token.kind === "symbol" && symbols.includes(token.text));
      if (!symbol) return left;
      left = { kind: "operation", operator: symbol.text, left, right: inner(cursor) };
    }
  };

const unary = (cursor: Cursor): Expression => {
  if (!take(cursor, isSymbol("-"))) return primary(cursor);
  return { kind: "operation", operator: "-", left: { kind: "value", value: 0 }, right: unary(cursor) };
};

const sum = chain(["+", "-"], chain(["*", "/", "%"], chain(["^"], unary)));

const SPANS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  mo: 2_592_000_000,
  q: 7_776_000_000,
  y: 31_536_000_000,
};

const primary = (cursor: Cursor): Expression => {
  const token = next(cursor);
  switch (token.kind) {
    case "number":
      return { kind: "value", value: Number(token.text) };
    case "text":
      return { kind: "value", value: token.text.replace(/\\(["'\\])/g, "$1") };
    case "regex":
      return { kind: "regex", regex: regexOf(token) };
    case "span": {
      const [, count = "", unit = ""] = /^(\d+)(\D+)$/.exec(token.text) ?? [];
      return { kind: "span", ms: Number(count) * (SPANS[unit] ?? 1) };
    }
    case "quotedName":
      return { kind: "field", name: token.text };
    case "name":
      return isSymbol("(")(peek(cursor)) ? call(cursor, token) : { kind: "field", name: token.text };
    default:
      return symbol(cursor, token);
  }
};

const symbol = (cursor: Cursor, token: Token): Expression => {
  if (isSymbol("*")(token)) return { kind: "star" };
  if (!isSymbol("(")(token)) throw unexpected(cursor, token);
  const inner = either(cursor);
  expect(cursor, isSymbol(")"));
  return inner;
};

const call = (cursor: Cursor, name: Token): Expression => {
  expect(cursor, isSymbol("("));
  const args: Expression[] = [];
  while (!isSymbol(")")(peek(cursor))) {
    args.push(either(cursor));
    if (!take(cursor, isSymbol(","))) break;
  }
  expect(cursor, isSymbol(")"));
  return { kind: "call", name: name.text.toLowerCase(), args };
};

const unexpected = ({ query }: Cursor, token: Token): MalformedQuery =>
  new MalformedQuery(
    token.kind === "end" ? "unexpected end of input" : `unexpected symbol found ${query.slice(token.start, token.end)}`,
    token,
  );
