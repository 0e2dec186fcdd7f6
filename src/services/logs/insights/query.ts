import { NotImplemented } from "../../../kernel/errors.ts";
import { isAggregate } from "./aggregates.ts";
import { type Cursor, cursorOf, expect, isSymbol, isWord, next, peek, take, textSince } from "./cursor.ts";
import { type Expression, readExpression } from "./expression.ts";
import { isFunction } from "./functions.ts";
import { MalformedQuery, placeOf, regexOf, type Token } from "./tokens.ts";

/** An expression with the name of its column. */
export interface Column {
  readonly name: string;
  readonly expression: Expression;
}

export type Command =
  | { readonly kind: "fields" | "display"; readonly columns: readonly Column[] }
  | { readonly kind: "filter"; readonly condition: Expression }
  | { readonly kind: "stats"; readonly columns: readonly Column[]; readonly by: readonly Column[] }
  | { readonly kind: "sort"; readonly keys: readonly { readonly of: Expression; readonly isDescending: boolean }[] }
  | { readonly kind: "limit"; readonly count: number }
  | { readonly kind: "dedup"; readonly keys: readonly Expression[] }
  | { readonly kind: "parse"; readonly of: Expression; readonly regex: RegExp; readonly names: readonly string[] };

/** The commands of a query. Throws MalformedQuery. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html */
export const readQuery = (query: string): readonly Command[] => {
  const cursor = cursorOf(query);
  const commands: Command[] = [];
  while (peek(cursor).kind !== "end") {
    commands.push(...command(cursor));
    if (peek(cursor).kind !== "end") expect(cursor, isSymbol("|"));
  }
  return commands;
};

const NOT_BUILT = ["pattern", "diff", "anomaly", "unnest", "source", "lookup", "join"];

const command = (cursor: Cursor): readonly Command[] => {
  const word = next(cursor);
  const name = word.kind === "name" ? word.text.toLowerCase() : "";
  switch (name) {
    case "fields":
    case "display":
      return [{ kind: name, columns: columns(cursor, false) }];
    case "filter":
    case "filterindex":
      return [{ kind: "filter", condition: checked(cursor, readExpression(cursor), false) }];
    case "stats":
      return [stats(cursor)];
    case "sort":
      return [{ kind: "sort", keys: many(cursor, sortKey) }];
    case "limit":
    case "head":
      return [{ kind: "limit", count: Number(expect(cursor, ({ kind }) => kind === "number").text) }];
    case "dedup":
      return [{ kind: "dedup", keys: many(cursor, (at) => checked(at, readExpression(at), false)) }];
    case "parse":
      return [parse(cursor)];
    // Nothing here is masked.
    case "unmask":
      return [{ kind: "fields", columns: columns(cursor, false) }];
    default:
      throw unknown(cursor, word);
  }
};

const unknown = ({ query }: Cursor, word: Token): Error => {
  if (NOT_BUILT.includes(word.text.toLowerCase()))
    return new NotImplemented(`the Logs Insights command ${word.text.toLowerCase()}`);
  const found = word.kind === "end" ? "end of input" : query.slice(word.start, word.end);
  return new MalformedQuery(`unexpected symbol found ${found} at line ${placeOf(query, word.start)}`, word);
};

const many = <T>(cursor: Cursor, one: (cursor: Cursor) => T): T[] => {
  const all = [one(cursor)];
  while (take(cursor, isSymbol(","))) all.push(one(cursor));
  return all;
};

const columns = (cursor: Cursor, isStats: boolean): Column[] =>
  many(cursor, () => {
    const from = cursor.at;
    const expression = checked(cursor, readExpression(cursor), isStats);
    const name = expression.kind === "field" ? expression.name : textSince(cursor, from);
    return { name: take(cursor, isWord("as")) ? alias(cursor) : name, expression };
  });

const alias = (cursor: Cursor): string => expect(cursor, ({ kind }) => kind === "name" || kind === "quotedName").text;

const stats = (cursor: Cursor): Command => {
  const measured = columns(cursor, true);
  return { kind: "stats", columns: measured, by: take(cursor, isWord("by")) ? columns(cursor, false) : [] };
};

const sortKey = (cursor: Cursor) => {
  // A column of stats may be named as it was computed.
  const from = cursor.at;
  const read = readExpression(cursor);
  const of: Expression =
    read.kind === "field" ? read : { kind: "call", name: "column", args: [named(textSince(cursor, from)), read] };
  const direction = take(cursor, (token) => isWord("asc")(token) || isWord("desc")(token));
  return { of, isDescending: direction?.text.toLowerCase() === "desc" };
};

const named = (name: string): Expression => ({ kind: "field", name });

const parse = (cursor: Cursor): Command => {
  const isGiven = peek(cursor).kind === "text" || peek(cursor).kind === "regex";
  const of = isGiven ? named("@message") : readExpression(cursor);
  const pattern = expect(cursor, ({ kind }) => kind === "text" || kind === "regex");
  if (pattern.kind === "regex") {
    const regex = regexOf(pattern);
    const names = [...regex.source.matchAll(/\(\?<([A-Za-z_]\w*)>/g)].map(([, name = ""]) => name);
    if (names.length === 0) throw new MalformedQuery("the expression of parse has no named group", pattern);
    return { kind: "parse", of, regex, names };
  }
  expect(cursor, isWord("as"));
  const names = many(cursor, alias);
  const stars = pattern.text.split("*").length - 1;
  if (stars !== names.length) {
    throw new MalformedQuery(`the pattern of parse has ${stars} wildcards for ${names.length} names`, pattern);
  }
  return { kind: "parse", of, regex: globOf(pattern.text, names), names };
};

/** A pattern in which each `*` is a group. AWS: the last takes the rest of the text. */
const globOf = (pattern: string, names: readonly string[]): RegExp => {
  const parts = pattern.replace(/\\(["'\\])/g, "$1").split("*");
  const source = parts
    .map((part, index) => {
      const literal = part.replace(/[\\^$.+?()[\]{}|/*-]/g, "\\$&");
      if (index === parts.length - 1) return literal;
      return `${literal}(?<${names[index] ?? ""}>${index === parts.length - 2 && parts.at(-1) === "" ? "[\\s\\S]*" : "[\\s\\S]*?"})`;
    })
    .join("");
  return new RegExp(source);
};

/** Throws for a function there is none of, and for one that counts rows where there is but one. */
const checked = (cursor: Cursor, expression: Expression, isStats: boolean): Expression => {
  const wrong = wrongCall(expression, isStats);
  if (wrong !== undefined) throw new MalformedQuery(wrong, peek(cursor));
  return expression;
};

const wrongCall = (expression: Expression, isStats: boolean): string | undefined => {
  switch (expression.kind) {
    case "call": {
      const { name, args } = expression;
      if (!isFunction(name) && !(isStats && isAggregate(name)))
        return isAggregate(name) ? `the function ${name} is allowed in stats only` : `unknown function ${name}`;
      return args.map((arg) => wrongCall(arg, isStats && !isAggregate(name))).find((found) => found !== undefined);
    }
    case "operation":
      return wrongCall(expression.left, isStats) ?? wrongCall(expression.right, isStats);
    case "not":
      return wrongCall(expression.of, isStats);
    default:
      return undefined;
  }
};
