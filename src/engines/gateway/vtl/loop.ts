/**
 * `$foreach`: how far a loop of a template has come.
 * https://velocity.apache.org/engine/1.7/apidocs/org/apache/velocity/runtime/directive/ForeachScope.html
 */
export class Loop {
  readonly index: number;
  readonly count: number;
  readonly hasNext: boolean;
  readonly first: boolean;
  readonly last: boolean;
  /** The loop around this one. */
  readonly parent: Loop | undefined;
  /** The outermost loop. */
  readonly topmost: Loop;

  constructor(index: number, size: number, parent: Loop | undefined) {
    this.index = index;
    this.count = index + 1;
    this.hasNext = this.count < size;
    this.first = index === 0;
    this.last = !this.hasNext;
    this.parent = parent;
    this.topmost = parent?.topmost ?? this;
  }
}

/** AWS: a loop ends after so many rounds, whatever is left. */
const MAX_ROUNDS = 1000;

/** What a loop goes over: a list's items, or a map's values; nothing of anything else. */
export const itemsOf = (value: unknown): readonly unknown[] => {
  const items = typeof value === "object" && value !== null ? Object.values(value) : [];
  return items.slice(0, MAX_ROUNDS);
};
