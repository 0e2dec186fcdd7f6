import { validationError } from "../errors.ts";
import type { Condition, Operand } from "../expressions/ast.ts";
import type { Comparator } from "../expressions/syntax.ts";
import { MAX_IN_OPERANDS } from "../limits.ts";
import { notWellFormed } from "./fault.ts";
import type { Reader } from "./reader.ts";
import { readLiteral, readPath } from "./values.ts";

/** A WHERE clause's condition, in the form that expressions have. */
export const readCondition = (reader: Reader): Condition => reader.nested(() => readOr(reader));

const readOr = (reader: Reader): Condition => {
  let left = readAnd(reader);
  while (reader.keyword("OR")) left = { kind: "or", left, right: readAnd(reader) };
  return left;
};

const readAnd = (reader: Reader): Condition => {
  let left = readNot(reader);
  while (reader.keyword("AND")) left = { kind: "and", left, right: readNot(reader) };
  return left;
};

const readNot = (reader: Reader): Condition => {
  if (reader.keyword("NOT")) return { kind: "not", condition: reader.nested(() => readNot(reader)) };
  if (reader.symbol("(")) {
    const condition = readCondition(reader);
    reader.expectSymbol(")");
    return condition;
  }
  return readFunction(reader) ?? readComparison(reader);
};

const readFunction = (reader: Reader): Condition | undefined => {
  const next = reader.peek(1);
  if (next?.kind !== "symbol" || next.text !== "(") return undefined;
  const isCalled = (word: string) => reader.isKeyword(word);
  if (isCalled("BEGINS_WITH")) return { kind: "beginsWith", ...readArguments(reader) };
  if (isCalled("CONTAINS")) return { kind: "contains", ...readArguments(reader) };
  if (!isCalled("ATTRIBUTE_TYPE")) return undefined;
  const { operand, part } = readArguments(reader);
  if (part.kind !== "value" || !("S" in part.value)) throw notWellFormed("attribute_type expects the name of a type");
  return { kind: "type", operand, type: part.value.S };
};

const readArguments = (reader: Reader): { readonly operand: Operand; readonly part: Operand } => {
  reader.next();
  reader.expectSymbol("(");
  const operand = readOperand(reader);
  reader.expectSymbol(",");
  const part = readOperand(reader);
  reader.expectSymbol(")");
  return { operand, part };
};

const COMPARATORS: Readonly<Record<string, Comparator>> = {
  "=": "=",
  "<>": "<>",
  "!=": "<>",
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
};

const readComparison = (reader: Reader): Condition => {
  const left = readOperand(reader);
  const token = reader.peek();
  const operator = token?.kind === "symbol" ? COMPARATORS[token.text] : undefined;
  if (operator) {
    reader.next();
    return { kind: "compare", operator, left, right: readOperand(reader) };
  }
  if (reader.keyword("NOT")) return { kind: "not", condition: readRange(reader, left) };
  return reader.isKeyword("IS") ? readIs(reader, left) : readRange(reader, left);
};

const readRange = (reader: Reader, operand: Operand): Condition => {
  if (reader.keyword("BETWEEN")) {
    const low = readOperand(reader);
    reader.expectKeyword("AND");
    return { kind: "between", operand, low, high: readOperand(reader) };
  }
  reader.expectKeyword("IN");
  const close = reader.symbol("[") ? "]" : ")";
  if (close === ")") reader.expectSymbol("(");
  const others = reader.list(close, () => readOperand(reader));
  if (others.length > MAX_IN_OPERANDS)
    throw validationError(`The IN operator can have at most ${MAX_IN_OPERANDS} operands`);
  return { kind: "in", operand, others };
};

/** `IS [NOT] MISSING`, `IS [NOT] NULL`. */
const readIs = (reader: Reader, operand: Operand): Condition => {
  reader.expectKeyword("IS");
  const negated = reader.keyword("NOT");
  if (reader.keyword("MISSING")) {
    if (operand.kind !== "path") throw notWellFormed("Only an attribute can be MISSING");
    const exists: Condition = { kind: "exists", path: operand.path };
    return negated ? exists : { kind: "not", condition: exists };
  }
  reader.expectKeyword("NULL");
  const isNull: Condition = { kind: "type", operand, type: "NULL" };
  return negated ? { kind: "not", condition: isNull } : isNull;
};

const readOperand = (reader: Reader): Operand => {
  const next = reader.peek(1);
  if (reader.isKeyword("SIZE") && next?.kind === "symbol" && next.text === "(") {
    reader.next();
    reader.next();
    const operand: Operand = { kind: "size", operand: reader.nested(() => readOperand(reader)) };
    reader.expectSymbol(")");
    return operand;
  }
  const value = readLiteral(reader);
  return value === undefined ? { kind: "path", path: readPath(reader) } : { kind: "value", value };
};
