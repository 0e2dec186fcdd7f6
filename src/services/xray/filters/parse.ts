import { NotImplemented } from "../../../kernel/errors.ts";
import { MAX_EXPRESSION_CHARS, MAX_EXPRESSION_DEPTH } from "../limits.ts";
import type { Cause, Element, Expression, NodeName } from "./expression.ts";
import { invalidExpression } from "./invalid.ts";
import { parseComparison } from "./parseComparison.ts";
import { type Reader, readerOf } from "./reader.ts";
import { type Token, tokensOf } from "./tokens.ts";

/** Reads a filter expression, or refuses it. */
export const parseFilter = (expression: string): Expression => {
  if (expression.length > MAX_EXPRESSION_CHARS) throw invalidExpression("it is too long");
  const reader = readerOf(tokensOf(expression));
  const parsed = alternatives(reader);
  const rest = reader.peek();
  if (rest) throw invalidExpression(`unexpected "${rest.text}"`);
  return parsed;
};

const alternatives = (reader: Reader): Expression => {
  const parts = [conjunction(reader)];
  while (reader.take("or")) parts.push(conjunction(reader));
  return joined("or", parts);
};

/** AWS: expressions that only stand beside one another must both hold, as in `ok !partial duration <3`. */
const conjunction = (reader: Reader): Expression => {
  const parts = [negation(reader)];
  while (reader.take("and") || beginsTerm(reader.peek())) parts.push(negation(reader));
  return joined("and", parts);
};

const joined = (kind: "and" | "or", parts: readonly Expression[]): Expression => {
  const [only] = parts;
  return parts.length === 1 && only ? only : { kind, parts };
};

const beginsTerm = (token: Token | undefined): boolean =>
  (token?.kind === "word" && token.text.toLowerCase() !== "or") || token?.text === "!" || token?.text === "(";

const negation = (reader: Reader): Expression => {
  if (reader.take("!")) return { kind: "not", part: within(reader, negation) };
  if (!reader.take("(")) return term(reader);
  const inner = within(reader, alternatives);
  reader.expect(")");
  return inner;
};

const within = (reader: Reader, read: (reader: Reader) => Expression): Expression => {
  reader.depth += 1;
  if (reader.depth > MAX_EXPRESSION_DEPTH) throw invalidExpression("it is nested too deeply");
  const parsed = read(reader);
  reader.depth -= 1;
  return parsed;
};

const term = (reader: Reader): Expression => {
  const { kind, text } = reader.next();
  if (kind !== "word") throw invalidExpression(`unexpected "${text}"`);
  const keyword = text.toLowerCase();
  if (keyword === "service" && reader.peek()?.text === "(") return service(reader);
  if (keyword === "edge" && reader.peek()?.text === "(") return edge(reader);
  if (keyword === "json" || keyword === "rootcause.json") throw new NotImplemented(`${keyword} in filter expressions`);
  if (keyword.startsWith("rootcause.")) return rootCause(reader, keyword);
  return parseComparison(reader, text);
};

const service = (reader: Reader): Expression => {
  reader.expect("(");
  const node = reader.peek()?.text === ")" ? {} : nodeName(reader);
  reader.expect(")");
  return { kind: "service", node, ...braces(reader) };
};

const edge = (reader: Reader): Expression => {
  reader.expect("(");
  const from = nodeName(reader);
  reader.expect(",");
  const to = nodeName(reader);
  reader.expect(")");
  return { kind: "edge", from, to, ...braces(reader) };
};

/** A name in quotation marks, or `id(name: "…", type: "…")`. */
const nodeName = (reader: Reader): NodeName => {
  if (!reader.take("id")) return { name: quoted(reader) };
  reader.expect("(");
  const parts: { name?: string; type?: string; account?: string } = {};
  do {
    const key = reader.next().text.toLowerCase();
    reader.expect(":");
    if (key === "name" || key === "type") parts[key] = quoted(reader);
    else if (key === "account.id") parts.account = quoted(reader);
    else throw invalidExpression(`"${key}" is no part of an id`);
  } while (reader.take(","));
  reader.expect(")");
  return parts;
};

const quoted = (reader: Reader): string => {
  const { kind, text } = reader.next();
  if (kind !== "text") throw invalidExpression(`expected a text in quotation marks instead of "${text}"`);
  return text;
};

const braces = (reader: Reader): { readonly filter?: Expression } => {
  if (!reader.take("{")) return {};
  if (reader.take("}")) return {};
  const filter = within(reader, alternatives);
  reader.expect("}");
  if (namesAnnotation(filter)) throw invalidExpression("annotations cannot be used with services or edges");
  return { filter };
};

const namesAnnotation = (expression: Expression): boolean => {
  if (expression.kind === "and" || expression.kind === "or") return expression.parts.some(namesAnnotation);
  if (expression.kind === "not") return namesAnnotation(expression.part);
  return expression.kind === "compare" && expression.keyword.startsWith("annotation.");
};

/** `rootcause.fault.service { … }` */
const rootCause = (reader: Reader, keyword: string): Expression => {
  const [, cause = "", element = ""] = keyword.split(".");
  if (!isCause(cause) || !isElement(element)) throw invalidExpression(`"${keyword}" is not a keyword`);
  return { kind: "rootcause", cause, element, ...braces(reader) };
};

const isCause = (text: string): text is Cause => text === "fault" || text === "error" || text === "responsetime";

const isElement = (text: string): text is Element => text === "service" || text === "entity" || text === "exception";
