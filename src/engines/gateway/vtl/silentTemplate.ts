import { Compile } from "velocityjs";
import { isEqual, javaList, javaText } from "./javaText.ts";

/**
 * A template in which, as in API Gateway, a reference to nothing is an empty text, where Velocity would show the
 * reference itself; and in which values are shown, compared and divided as Java's are.
 */
export class SilentTemplate extends Compile {
  readonly #muted = new WeakSet<object>();

  /** AWS: the maps within a map such as `$context` are empty texts when they are shown. */
  mute(map: object): void {
    for (const value of Object.values(map)) {
      if (typeof value !== "object" || value === null) continue;
      this.#muted.add(value);
      this.mute(value);
    }
  }

  override getReferences(...[reference, isShown]: Parameters<Compile["getReferences"]>): string {
    const quiet = { ...reference, leader: "$!" };
    const value = super.getReferences(isShown ? quiet : reference, isShown);
    if (!isShown) return value;
    const found: unknown = value;
    return typeof found === "object" && found !== null && this.#muted.has(found) ? "" : javaText(found);
  }

  override getLiteral(...[literal]: Parameters<Compile["getLiteral"]>): string {
    const value: unknown = super.getLiteral(literal);
    return typed(literal.type === "array" && Array.isArray(value) ? javaList(value) : value);
  }

  override getExpression(...[ast]: Parameters<Compile["getExpression"]>): string {
    if (ast.type !== "math") return super.getExpression(ast);
    const [left, right] = ast.expression;
    if (!left || !right) return super.getExpression(ast);
    switch (ast.operator) {
      case "==":
        return typed(isEqual(this.getExpression(left), this.getExpression(right)));
      case "!=":
        return typed(!isEqual(this.getExpression(left), this.getExpression(right)));
      case "/":
        return typed(quotient(Number(this.getExpression(left)), Number(this.getExpression(right))));
      default:
        return super.getExpression(ast);
    }
  }
}

/** A value of a template as velocityjs types them: whatever it is, they say that it is a text. */
const typed = (value: unknown) => value as string;

/** Whole numbers make a whole one, and nothing is divided by zero. */
const quotient = (dividend: number, divisor: number): number | undefined => {
  if (divisor === 0) return undefined;
  const exact = dividend / divisor;
  return Number.isInteger(dividend) && Number.isInteger(divisor) ? Math.trunc(exact) : exact;
};
