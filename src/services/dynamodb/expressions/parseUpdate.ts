import { Cursor } from "./cursor.ts";
import { parseOperand, parsePath, parseValue } from "./parseOperand.ts";
import type { ActionSyntax, AssignedSyntax, Parsed, UpdateSyntax } from "./syntax.ts";

/** Parses an update expression. Throws ExpressionFault for a syntax error. */
export const parseUpdate = (text: string): Parsed<UpdateSyntax> => {
  const cursor = new Cursor(text);
  const sections: ActionSyntax["kind"][] = [];
  const actions: ActionSyntax[] = [];
  do {
    const section = parseSection(cursor);
    sections.push(section);
    do actions.push(parseAction(cursor, section));
    while (cursor.takeSymbol(","));
  } while (!cursor.isAtEnd);
  return {
    syntax: { sections, actions },
    operators: cursor.operators,
    redundantParentheses: cursor.redundantParentheses,
  };
};

const SECTIONS: readonly ActionSyntax["kind"][] = ["SET", "REMOVE", "ADD", "DELETE"];

const parseSection = (cursor: Cursor): ActionSyntax["kind"] => {
  const section = SECTIONS.find((keyword) => cursor.takeKeyword(keyword));
  if (section === undefined) throw cursor.syntaxError();
  return section;
};

const parseAction = (cursor: Cursor, kind: ActionSyntax["kind"]): ActionSyntax => {
  const path = parsePath(cursor, isUpdateKeyword);
  if (kind === "REMOVE") return { kind, path };
  if (kind !== "SET") return { kind, path, value: parseValue(cursor) };
  cursor.expectSymbol("=");
  return { kind, path, value: parseAssigned(cursor) };
};

// AWS: one + or - at most; a sum of three is a syntax error.
const parseAssigned = (cursor: Cursor): AssignedSyntax => {
  const left = parseTerm(cursor);
  const operator = cursor.takeSymbol("+") ? "+" : cursor.takeSymbol("-") ? "-" : undefined;
  if (operator === undefined) return left;
  cursor.operators++;
  return { kind: "arithmetic", operator, left, right: parseTerm(cursor) };
};

const parseTerm = (cursor: Cursor): AssignedSyntax =>
  cursor.isSymbol("(") ? cursor.group(() => parseAssigned(cursor)) : parseOperand(cursor, isUpdateKeyword);

const isUpdateKeyword = (cursor: Cursor): boolean => SECTIONS.some((keyword) => cursor.isKeyword(keyword));
