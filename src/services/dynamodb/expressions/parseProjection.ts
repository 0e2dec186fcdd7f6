import { Cursor } from "./cursor.ts";
import { parsePath } from "./parseOperand.ts";
import type { Parsed, PathSyntax } from "./syntax.ts";

/** Parses a projection expression. Throws ExpressionFault for a syntax error. */
export const parseProjection = (text: string): Parsed<readonly PathSyntax[]> => {
  const cursor = new Cursor(text);
  const paths = [parsePath(cursor, noKeywords)];
  while (cursor.takeSymbol(",")) paths.push(parsePath(cursor, noKeywords));
  if (!cursor.isAtEnd) throw cursor.syntaxError();
  return { syntax: paths, operators: 0, redundantParentheses: false };
};

const noKeywords = (): boolean => false;
