import type { JsonObject } from "../../../kernel/json.ts";

/** What functions and machines send to the addresses they were given, as it comes. */
export class Responses {
  readonly #waiting = new Map<string, (response: JsonObject) => void>();
  readonly #arrivals = new Map<string, Set<() => void>>();

  /** Hands a response on; false when nobody waits for it. */
  deliver(token: string, response: JsonObject): boolean {
    const hear = this.#waiting.get(token);
    hear?.(response);
    return hear !== undefined;
  }

  /** The next response to a token's address. Rejects with the signal's reason when it aborts first. */
  next(token: string, signal: AbortSignal): Promise<JsonObject> {
    return new Promise((resolve, reject) => {
      const settle = (end: () => void) => {
        this.#waiting.delete(token);
        signal.removeEventListener("abort", abort);
        end();
      };
      const abort = () => settle(() => reject(signal.reason));
      this.#waiting.set(token, (response) => settle(() => resolve(response)));
      if (signal.aborted) abort();
      else signal.addEventListener("abort", abort, { once: true });
    });
  }

  /** Tells all who await something for an owner to look again. */
  wake(owner: string): void {
    const arrivals = this.#arrivals.get(owner);
    this.#arrivals.delete(owner);
    for (const arrived of arrivals ?? []) arrived();
  }

  /** Resolves at the next `wake` of an owner. Rejects with the signal's reason when it aborts first. */
  arrival(owner: string, signal: AbortSignal): Promise<void> {
    const promise = new Promise<void>((resolve, reject) => {
      const abort = () => reject(signal.reason);
      const arrived = () => {
        signal.removeEventListener("abort", abort);
        resolve();
      };
      this.#arrivals.set(owner, (this.#arrivals.get(owner) ?? new Set()).add(arrived));
      if (signal.aborted) abort();
      else signal.addEventListener("abort", abort, { once: true });
    });
    // Whoever asked may be done before it comes.
    promise.catch(() => {});
    return promise;
  }
}
