import { invalidExpression } from "./invalid.ts";

export interface Token {
  readonly kind: "word" | "text" | "number" | "symbol";
  readonly text: string;
}

/** A text in quotation marks, a number, a keyword with dots, an operator, or the JSON that ends an expression. */
const TOKEN =
  /\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([A-Za-z_][\w.]*)|(<=|>=|!=|[=<>!(){}[\],:]|#.*))/sy;

/** The words of a filter expression. */
export const tokensOf = (expression: string): readonly Token[] => {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN);
  const end = expression.trimEnd().length;
  while (pattern.lastIndex < end) {
    const at = pattern.lastIndex;
    const found = pattern.exec(expression);
    if (!found) throw invalidExpression(`unexpected "${expression.slice(at, at + 20).trim()}" at ${at}`);
    tokens.push(tokenOf(found));
  }
  return tokens;
};

const tokenOf = ([, double, single, number, word, symbol = ""]: RegExpExecArray): Token => {
  const quoted = double ?? single;
  if (quoted !== undefined) return { kind: "text", text: quoted.replace(/\\(.)/g, "$1") };
  if (number !== undefined) return { kind: "number", text: number };
  if (word !== undefined) return { kind: "word", text: word };
  return { kind: "symbol", text: symbol };
};
