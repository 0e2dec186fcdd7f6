/** What is wrong with an expression, in AWS's words without the name of the parameter: the caller knows that. */
export class ExpressionFault extends Error {}

/** Faults found in one expression. AWS reports the first of the gravest kind, wherever it stands in the text. */
export class Faults<Kind extends string> {
  readonly #found = new Map<Kind, string>();
  readonly #order: readonly Kind[];

  /** `order` names the kinds, the one to report first in front. */
  constructor(order: readonly Kind[]) {
    this.#order = order;
  }

  note(kind: Kind, message: string): void {
    if (!this.#found.has(kind)) this.#found.set(kind, message);
  }

  /** Throws the fault to report, if there is any. */
  throwFirst(): void {
    for (const kind of this.#order) {
      const message = this.#found.get(kind);
      if (message !== undefined) throw new ExpressionFault(message);
    }
  }
}
