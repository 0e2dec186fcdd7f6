/** How many resources of one stack are worked on at a time. */
export const MAX_PARALLEL = 64;

/** How a walk over a graph ended. */
export interface WalkResult {
  /** Nodes whose work threw, in the order in which they did. */
  readonly failed: readonly string[];
  /** Nodes that were never begun. */
  readonly skipped: readonly string[];
}

export interface WalkOptions {
  /** Ends the walk at the first failure; otherwise only what waits for the failed one is skipped. */
  readonly stopOnFailure: boolean;
  /** Begins nothing more once it aborts. */
  readonly signal: AbortSignal;
  readonly parallel?: number;
}

/**
 * Works on every node of a graph, each after those it waits for, as many at a time as may be.
 *
 * `work` answers whether it succeeded; it throws only what is a bug of ours, and the walk throws it on once all has come
 * to rest. Names in `after` that are no nodes are ignored.
 */
export const walk = (
  nodes: ReadonlyMap<string, Iterable<string>>,
  work: (name: string) => Promise<boolean>,
  options: WalkOptions,
): Promise<WalkResult> => new Walk(nodes, work, options).run();

class Walk {
  readonly #work: (name: string) => Promise<boolean>;
  readonly #options: WalkOptions;
  readonly #waiting = new Map<string, number>();
  readonly #followers = new Map<string, string[]>();
  readonly #ready: string[] = [];
  readonly #failed: string[] = [];
  readonly #running = new Set<Promise<void>>();
  #bug: unknown;

  constructor(
    nodes: ReadonlyMap<string, Iterable<string>>,
    work: (name: string) => Promise<boolean>,
    options: WalkOptions,
  ) {
    this.#work = work;
    this.#options = options;
    for (const [name, after] of nodes) {
      const before = new Set([...after].filter((other) => nodes.has(other) && other !== name));
      this.#waiting.set(name, before.size);
      for (const other of before) this.#followers.set(other, [...(this.#followers.get(other) ?? []), name]);
      if (before.size === 0) this.#ready.push(name);
    }
  }

  async run(): Promise<WalkResult> {
    this.#fill();
    while (this.#running.size > 0) await Promise.race(this.#running);
    if (this.#bug !== undefined) throw this.#bug;
    return { failed: this.#failed, skipped: [...this.#waiting.keys()] };
  }

  #fill(): void {
    const { parallel = MAX_PARALLEL } = this.#options;
    while (this.#running.size < parallel && !this.#stopped()) {
      const name = this.#ready.shift();
      if (name === undefined) return;
      this.#waiting.delete(name);
      const running: Promise<void> = this.#one(name).finally(() => {
        this.#running.delete(running);
        this.#fill();
      });
      this.#running.add(running);
    }
  }

  #stopped(): boolean {
    const { stopOnFailure, signal } = this.#options;
    return signal.aborted || this.#bug !== undefined || (stopOnFailure && this.#failed.length > 0);
  }

  async #one(name: string): Promise<void> {
    try {
      if (await this.#work(name)) this.#release(name);
      else this.#failed.push(name);
    } catch (error) {
      this.#bug = error;
    }
  }

  #release(name: string): void {
    for (const follower of this.#followers.get(name) ?? []) {
      const left = (this.#waiting.get(follower) ?? 1) - 1;
      this.#waiting.set(follower, left);
      if (left === 0) this.#ready.push(follower);
    }
  }
}
