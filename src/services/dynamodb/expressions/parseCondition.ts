import { Cursor, isKeyword } from "./cursor.ts";
import { isCall, parseCall, parseOperand, parseOperands } from "./parseOperand.ts";
import type { Comparator, ComparisonSyntax, ConditionSyntax, Parsed } from "./syntax.ts";
import type { Token } from "./tokens.ts";

/** Parses a condition, filter or key condition expression. Throws ExpressionFault for a syntax error. */
export const parseCondition = (text: string): Parsed<ConditionSyntax> => {
  const cursor = new Cursor(text);
  const syntax = parseOr(cursor);
  if (!cursor.isAtEnd) throw cursor.syntaxError();
  return { syntax, operators: cursor.operators, redundantParentheses: cursor.redundantParentheses };
};

const parseOr = (cursor: Cursor): ConditionSyntax => {
  let left = parseAnd(cursor);
  while (cursor.takeKeyword("OR")) {
    cursor.operators++;
    left = { kind: "or", left, right: parseAnd(cursor) };
  }
  return left;
};

const parseAnd = (cursor: Cursor): ConditionSyntax => {
  let left = parseNot(cursor);
  while (cursor.takeKeyword("AND")) {
    cursor.operators++;
    left = { kind: "and", left, right: parseNot(cursor) };
  }
  return left;
};

// NOT repeats in a loop, not in a recursion: a long row of them must reach the operator limit.
const parseNot = (cursor: Cursor): ConditionSyntax => {
  let negations = 0;
  while (cursor.takeKeyword("NOT")) negations++;
  cursor.operators += negations;
  let condition = parsePrimary(cursor);
  for (; negations > 0; negations--) condition = { kind: "not", condition };
  return condition;
};

const parsePrimary = (cursor: Cursor): ConditionSyntax => {
  // Parentheses hold an operand when a comparison goes on behind them, and a condition otherwise.
  if (cursor.isSymbol("(") && !continuesComparison(cursor.tokenAfterGroup)) return cursor.group(() => parseOr(cursor));
  if (isCall(cursor) && !isConditionKeyword(cursor)) {
    const call = parseCall(cursor, isConditionKeyword);
    return continuesComparison(cursor.token) ? parseComparison(cursor, call) : call;
  }
  return parseComparison(cursor, parseOperand(cursor, isConditionKeyword));
};

const parseComparison = (cursor: Cursor, first: ComparisonSyntax["operands"][number]): ComparisonSyntax => {
  if (!continuesComparison(cursor.token)) throw cursor.syntaxError();
  cursor.operators++;
  if (cursor.takeKeyword("BETWEEN")) {
    const low = parseOperand(cursor, isConditionKeyword);
    cursor.expectKeyword("AND");
    return {
      kind: "comparison",
      operator: "BETWEEN",
      operands: [first, low, parseOperand(cursor, isConditionKeyword)],
    };
  }
  if (cursor.takeKeyword("IN")) {
    cursor.expectSymbol("(");
    const others = parseOperands(cursor, isConditionKeyword);
    cursor.expectSymbol(")");
    return { kind: "comparison", operator: "IN", operands: [first, ...others] };
  }
  const operator = comparatorOf(cursor.advance());
  if (operator === undefined) throw cursor.syntaxError();
  return { kind: "comparison", operator, operands: [first, parseOperand(cursor, isConditionKeyword)] };
};

const COMPARATORS: readonly Comparator[] = ["=", "<>", "<", "<=", ">", ">="];
const KEYWORDS = ["AND", "OR", "NOT", "BETWEEN", "IN"];

const comparatorOf = (token: Token): Comparator | undefined =>
  COMPARATORS.find((comparator) => token.kind === "symbol" && token.text === comparator);

const continuesComparison = (token: Token | undefined): boolean =>
  token !== undefined && (comparatorOf(token) !== undefined || isKeyword(token, "BETWEEN") || isKeyword(token, "IN"));

const isConditionKeyword = (cursor: Cursor): boolean => KEYWORDS.some((keyword) => cursor.isKeyword(keyword));
