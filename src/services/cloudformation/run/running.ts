/** The operations that run in this process, so that a request can reach into one. */
export class Running {
  readonly #byStack = new Map<string, AbortController>();

  /** Begins to keep track of a stack's operation; the signal aborts when `giveUp` is called. */
  begin(stackId: string): AbortSignal {
    const controller = new AbortController();
    this.#byStack.set(stackId, controller);
    return controller.signal;
  }

  end(stackId: string): void {
    this.#byStack.delete(stackId);
  }

  /** Makes a stack's operation stop and roll back, for the reason given. */
  giveUp(stackId: string, reason: string): void {
    this.#byStack.get(stackId)?.abort(new Error(reason));
  }
}
