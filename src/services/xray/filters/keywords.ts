import { own } from "../../../kernel/own.ts";
import type { Operator } from "./expression.ts";

export type KeywordType = "boolean" | "number" | "string";

const KEYWORDS: Readonly<Record<string, KeywordType>> = {
  ok: "boolean",
  error: "boolean",
  throttle: "boolean",
  fault: "boolean",
  partial: "boolean",
  inferred: "boolean",
  first: "boolean",
  last: "boolean",
  remote: "boolean",
  root: "boolean",
  responsetime: "number",
  duration: "number",
  "http.status": "number",
  index: "number",
  coverage: "number",
  "http.url": "string",
  "http.method": "string",
  "http.useragent": "string",
  "http.clientip": "string",
  user: "string",
  name: "string",
  type: "string",
  message: "string",
  availabilityzone: "string",
  "instance.id": "string",
  "resource.arn": "string",
  "group.name": "string",
  "group.arn": "string",
};

/** What a keyword stands for; undefined of an annotation, whose values may be of any type, and of what is none. */
export const keywordType = (keyword: string): KeywordType | undefined => own(KEYWORDS, keyword);

export const ANNOTATION = "annotation.";

const EQUALITY: readonly Operator[] = ["=", "!="];
const ORDER: readonly Operator[] = [...EQUALITY, "<", "<=", ">", ">="];
const TEXT: readonly Operator[] = [...EQUALITY, "CONTAINS", "BEGINSWITH", "ENDSWITH"];

export const OPERATORS: Readonly<Record<KeywordType, readonly Operator[]>> = {
  boolean: EQUALITY,
  number: ORDER,
  string: TEXT,
};

export const ALL_OPERATORS: readonly Operator[] = [...new Set([...ORDER, ...TEXT])];
