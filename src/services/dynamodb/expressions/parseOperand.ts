import type { Cursor } from "./cursor.ts";
import type { CallSyntax, OperandSyntax, PathStep, PathSyntax, ValueSyntax } from "./syntax.ts";

/** Parses a path, a `:value` or a call. `isReservedHere` tells the words that cannot be names in this kind of expression. */
export const parseOperand = (cursor: Cursor, isReservedHere: (cursor: Cursor) => boolean): OperandSyntax => {
  if (cursor.isSymbol("(")) return cursor.group(() => parseOperand(cursor, isReservedHere));
  if (cursor.token.kind === "valuePlaceholder") return parseValue(cursor);
  if (isCall(cursor) && !isReservedHere(cursor)) return parseCall(cursor, isReservedHere);
  return parsePath(cursor, isReservedHere);
};

/** Parses a document path. */
export const parsePath = (cursor: Cursor, isReservedHere: (cursor: Cursor) => boolean): PathSyntax => {
  const steps: PathStep[] = [parseName(cursor, isReservedHere)];
  for (;;) {
    if (cursor.takeSymbol(".")) steps.push(parseName(cursor, isReservedHere));
    else if (cursor.takeSymbol("[")) steps.push(parseIndex(cursor));
    else return { kind: "path", steps };
  }
};

/** Parses a `:value`. */
export const parseValue = (cursor: Cursor): ValueSyntax => {
  if (cursor.token.kind !== "valuePlaceholder") throw cursor.syntaxError();
  return { kind: "value", placeholder: cursor.advance().text };
};

/** Whether a call begins at the cursor. */
export const isCall = (cursor: Cursor): boolean =>
  cursor.token.kind === "name" && cursor.next?.kind === "symbol" && cursor.next.text === "(";

/** Parses a function's call. */
export const parseCall = (cursor: Cursor, isReservedHere: (cursor: Cursor) => boolean): CallSyntax => {
  const name = cursor.advance().text;
  cursor.expectSymbol("(");
  const args = cursor.deeper(() => parseOperands(cursor, isReservedHere));
  cursor.expectSymbol(")");
  return { kind: "call", name, args };
};

/** Parses operands with commas between them, at least one. */
export const parseOperands = (
  cursor: Cursor,
  isReservedHere: (cursor: Cursor) => boolean,
): readonly OperandSyntax[] => {
  const operands = [parseOperand(cursor, isReservedHere)];
  while (cursor.takeSymbol(",")) operands.push(parseOperand(cursor, isReservedHere));
  return operands;
};

const parseName = (cursor: Cursor, isReservedHere: (cursor: Cursor) => boolean): PathStep => {
  const { kind, text } = cursor.token;
  if (kind === "namePlaceholder") {
    cursor.advance();
    return { kind: "placeholder", placeholder: text };
  }
  if (kind !== "name" || isReservedHere(cursor)) throw cursor.syntaxError();
  cursor.advance();
  return { kind: "name", name: text };
};

const parseIndex = (cursor: Cursor): PathStep => {
  if (cursor.token.kind !== "number") throw cursor.syntaxError();
  const digits = cursor.advance().text;
  cursor.expectSymbol("]");
  return { kind: "index", digits };
};
