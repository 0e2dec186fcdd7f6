import { isNode, isSeq, LineCounter, parseDocument } from "yaml";

/** A place in a document, counted from one. */
export interface Position {
  readonly Line: number;
  readonly Column: number;
}

/** Where a statement of a policy begins and ends. */
export interface StatementSpan {
  readonly StartPosition: Position;
  readonly EndPosition: Position;
}

/**
 * Where each statement of a policy stands in its text, which is known to be one.
 * AWS: its beginning is told after the opening brace, its end after the closing one, as a parser's reader stands then.
 */
export const statementSpans = (text: string): readonly StatementSpan[] => {
  // JSON is YAML, and only the YAML library knows where things stand.
  const lineCounter = new LineCounter();
  const statement = parseDocument(text, { lineCounter }).get("Statement", true);
  const statements = isSeq(statement) ? statement.items : [statement];
  const at = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(offset);
    return { Line: line, Column: col };
  };
  return statements.flatMap((node) => {
    if (!isNode(node) || !node.range) return [];
    const [start, end] = node.range;
    return [{ StartPosition: at(start + 1), EndPosition: at(end) }];
  });
};
