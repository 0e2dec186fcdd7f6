import { Compile, type parse } from "velocityjs";
import { isEqual, javaList, javaText } from "./javaText.ts";
import { itemsOf, Loop } from "./loop.ts";

type Part = ReturnType<typeof parse>[number];

/**
 * A template in which, as in API Gateway, a reference to nothing is an empty text, where Velocity would show the
 * reference itself; and in which values are shown, compared and divided as Java's are.
 */
export class SilentTemplate extends Compile {
  readonly #muted = new WeakSet<object>();
  /** How many loops have begun. */
  #begun = 0;
  /** The loop that is under way. */
  #loop: Loop | undefined;

  override render(context: object): string {
    return super.render({ ...context }, { evaluate: (template: unknown) => this.evalStr(javaText(template)) });
  }

  /** What stands behind a `#break` is not rendered; velocityjs goes on to the end of the part. */
  override renderAstList(parts: Part[] = this.asts, contextId?: string): string {
    let text = "";
    for (const part of parts) {
      if (this.runState.break) break;
      text += super.renderAstList([part], contextId);
    }
    return text;
  }

  override getBlock(...[block]: Parameters<Compile["getBlock"]>): string {
    const [head, ...body] = block;
    return head && "from" in head ? this.#repeated(head, body) : super.getBlock(block);
  }

  /** velocityjs tells a loop neither of its ends nor of the loops around it, and lets no map's loop be broken off. */
  #repeated({ from, to, pos }: Extract<Part, { from: unknown }>, body: Part[]): string {
    const items = itemsOf(this.getLiteral({ ...from, pos }));
    const parent = this.#loop;
    const contextId = `foreach:${this.#begun++}`;
    let text = "";
    for (const [index, item] of items.entries()) {
      const loop = new Loop(index, items.length, parent);
      this.#loop = loop;
      this.local[contextId] = { [to]: item, foreach: loop, velocityCount: loop.count, velocityHasNext: loop.hasNext };
      text += this.renderAstList(body, contextId);
      if (this.runState.break) break;
    }
    this.#loop = parent;
    this.runState.break = false;
    this.conditions = this.conditions.filter((id) => id !== contextId);
    this.contextId = this.conditions[0] ?? "";
    return text;
  }

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
