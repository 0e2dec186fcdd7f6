import { validationError } from "../errors.ts";
import { MAX_EXPRESSION_DEPTH } from "../limits.ts";

/** An expression of CloudWatch's metric math. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html */
export type Node =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "list"; readonly items: readonly Node[] }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Node[] }
  | { readonly kind: "binary"; readonly operator: string; readonly left: Node; readonly right: Node }
  | { readonly kind: "negative"; readonly of: Node };

const TOKEN =
  /\s*(?:(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|([A-Za-z_][A-Za-z0-9_]*)|(\|\||&&|==|!=|<=|>=|[-+*/^<>(),[\]]))/y;

interface Token {
  readonly kind: "number" | "text" | "name" | "sign" | "end";
  readonly text: string;
}

const tokensOf = (expression: string): readonly Token[] => {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  let at = 0;
  while (expression.slice(at).trim() !== "") {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(expression);
    if (!match) throw syntaxError(expression);
    at = TOKEN.lastIndex;
    const [, number, text, name, sign] = match;
    if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (text !== undefined) tokens.push({ kind: "text", text: text.slice(1, -1).replace(/\\(.)/g, "$1") });
    else if (name !== undefined) tokens.push({ kind: "name", text: name });
    else tokens.push({ kind: "sign", text: sign ?? "" });
  }
  return [...tokens, { kind: "end", text: "" }];
};

const syntaxError = (expression: string) => validationError(`Error in expression: Syntax error in '${expression}'.`);

/** The weakest first. */
const LEVELS: readonly (readonly string[])[] = [
  ["||"],
  ["&&"],
  ["==", "!=", "<", "<=", ">", ">="],
  ["+", "-"],
  ["*", "/"],
];
const WORDS: Readonly<Record<string, string>> = { AND: "&&", OR: "||" };

/** Reads an expression. Throws CloudWatch's ValidationError when it is none. */
export const parseExpression = (expression: string): Node => {
  const parser = new Parser(expression);
  return parser.whole();
};

class Parser {
  private readonly expression: string;
  private readonly tokens: readonly Token[];
  private at = 0;
  private depth = 0;

  constructor(expression: string) {
    this.expression = expression;
    this.tokens = tokensOf(expression);
  }

  whole(): Node {
    const node = this.level(0);
    if (this.peek().kind !== "end") throw syntaxError(this.expression);
    return node;
  }

  private peek(): Token {
    return this.tokens[this.at] ?? { kind: "end", text: "" };
  }

  private take(text: string): boolean {
    const token = this.peek();
    if (token.kind !== "sign" || token.text !== text) return false;
    this.at++;
    return true;
  }

  private level(index: number): Node {
    const operators = LEVELS[index];
    if (!operators) return this.power();
    let left = this.level(index + 1);
    for (;;) {
      const { kind, text } = this.peek();
      const operator = kind === "sign" ? text : kind === "name" ? WORDS[text] : undefined;
      if (operator === undefined || !operators.includes(operator)) return left;
      this.at++;
      left = { kind: "binary", operator, left, right: this.level(index + 1) };
    }
  }

  private power(): Node {
    const base = this.unary();
    return this.take("^") ? { kind: "binary", operator: "^", left: base, right: this.power() } : base;
  }

  private unary(): Node {
    if (++this.depth > MAX_EXPRESSION_DEPTH) throw syntaxError(this.expression);
    const node: Node = this.take("-") ? { kind: "negative", of: this.unary() } : this.primary();
    this.depth--;
    return node;
  }

  private primary(): Node {
    const { kind, text } = this.peek();
    if (this.take("(")) {
      const node = this.level(0);
      if (!this.take(")")) throw syntaxError(this.expression);
      return node;
    }
    if (this.take("[")) return { kind: "list", items: this.until("]") };
    this.at++;
    if (kind === "number") return { kind, value: Number(text) };
    if (kind === "text") return { kind, value: text };
    if (kind !== "name") throw syntaxError(this.expression);
    return this.take("(") ? { kind: "call", name: text, args: this.until(")") } : { kind, name: text };
  }

  private until(end: string): readonly Node[] {
    const items: Node[] = [];
    if (this.take(end)) return items;
    do items.push(this.level(0));
    while (this.take(","));
    if (!this.take(end)) throw syntaxError(this.expression);
    return items;
  }
}

/** The names of queries an expression leans on; `METRICS()` leans on all that have a metric. */
export const namesIn = (node: Node): { readonly names: ReadonlySet<string>; readonly usesMetrics: boolean } => {
  const names = new Set<string>();
  let usesMetrics = false;
  const visit = (each: Node): void => {
    if (each.kind === "name") names.add(each.name);
    if (each.kind === "call" && each.name === "METRICS") usesMetrics = true;
    const parts =
      each.kind === "call"
        ? each.args
        : each.kind === "list"
          ? each.items
          : each.kind === "binary"
            ? [each.left, each.right]
            : each.kind === "negative"
              ? [each.of]
              : [];
    for (const part of parts) visit(part);
  };
  visit(node);
  return { names, usesMetrics };
};
