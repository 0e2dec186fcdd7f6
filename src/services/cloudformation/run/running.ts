/** What runs in one cloud, whatever the region: a stack set waits for stacks in all of them. */
export const runningIn = (cloud: object): Running => {
  const known = clouds.get(cloud) ?? new Running();
  clouds.set(cloud, known);
  return known;
};

/** The operations that run in this process, so that others can reach into one or wait for its end. */
export class Running {
  readonly #byStack = new Map<string, { readonly giveUp: AbortController; readonly ended: PromiseWithResolvers }>();

  readonly #turns = new Map<string, Promise<void>>();

  /** Begins to keep track of a stack's operation; the signal aborts when `giveUp` is called. */
  begin(stackId: string): AbortSignal {
    const giveUp = new AbortController();
    this.#byStack.set(stackId, { giveUp, ended: withResolvers() });
    return giveUp.signal;
  }

  end(stackId: string): void {
    const running = this.#byStack.get(stackId);
    this.#byStack.delete(stackId);
    running?.ended.resolve();
  }

  /** Makes a stack's operation in this process stop and roll back, for the reason given. */
  giveUp(stackId: string, reason: string): void {
    this.#byStack.get(stackId)?.giveUp.abort(new Error(reason));
  }

  /** Does something for a stack after all that was asked before. */
  async inTurn(stackId: string, work: () => Promise<void>): Promise<void> {
    const turn = (this.#turns.get(stackId) ?? Promise.resolve()).then(work);
    this.#turns.set(stackId, turn);
    await turn;
    if (this.#turns.get(stackId) === turn) this.#turns.delete(stackId);
  }

  /** Resolves when a stack's operation has come to its end, at once when none runs. */
  async ended(stackId: string): Promise<void> {
    await this.#byStack.get(stackId)?.ended.promise;
  }
}

const clouds = new WeakMap<object, Running>();

interface PromiseWithResolvers {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

const withResolvers = (): PromiseWithResolvers => {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
};
