import type { Comparison, Operator, Value } from "./expression.ts";
import { invalidExpression } from "./invalid.ts";
import { ALL_OPERATORS, ANNOTATION, type KeywordType, keywordType, OPERATORS } from "./keywords.ts";
import type { Reader } from "./reader.ts";
import type { Token } from "./tokens.ts";

/** A keyword, with an operator and a value where they follow. */
export const parseComparison = (reader: Reader, word: string): Comparison => {
  const keyword = keywordOf(reader, word);
  const type = keywordType(keyword);
  const isAnnotation = keyword.startsWith(ANNOTATION);
  if (type === undefined && !isAnnotation) throw invalidExpression(`"${word}" is not a keyword`);
  const operator = operatorOf(reader.peek());
  if (operator === undefined) return { kind: "compare", keyword };
  reader.next();
  if (type !== undefined && !OPERATORS[type].includes(operator))
    throw invalidExpression(`"${operator}" does not go with "${keyword}"`);
  const value = readValue(reader.next(), type);
  if (value === undefined) throw invalidExpression(`"${keyword}" is compared with a value of another type`);
  return { kind: "compare", keyword, operator, value };
};

/** Keywords are read in any case; the key of an annotation as it is written, after a dot or in brackets. */
const keywordOf = (reader: Reader, word: string): string => {
  const lower = word.toLowerCase();
  if (lower.startsWith(ANNOTATION)) return `${ANNOTATION}${word.slice(ANNOTATION.length)}`;
  if (lower !== "annotation" || !reader.take("[")) return lower;
  const key = reader.next().text;
  reader.expect("]");
  return `${ANNOTATION}${key}`;
};

const operatorOf = (token: Token | undefined): Operator | undefined =>
  token?.kind === "text" ? undefined : ALL_OPERATORS.find((operator) => operator === token?.text.toUpperCase());

/** The value of a token, where it is of the keyword's type. */
const readValue = ({ kind, text }: Token, type: KeywordType | undefined): Value | undefined => {
  if (kind === "number" && type !== "string" && type !== "boolean") return Number(text);
  if (type === "number" || kind === "symbol") return undefined;
  const isBoolean = /^(true|false)$/i.test(text);
  if (type === "boolean") return isBoolean ? text.toLowerCase() === "true" : undefined;
  return kind === "word" && type === undefined && isBoolean ? text.toLowerCase() === "true" : text;
};
