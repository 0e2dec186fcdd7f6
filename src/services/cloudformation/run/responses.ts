import type { JsonObject } from "../../../kernel/json.ts";

/** What functions and machines send to the addresses they were given, as it comes. */
export class Responses {
  readonly #waiting = new Map<string, (response: JsonObject) => void>();

  /** Hears of everything sent to a token's address until `stop` is called. */
  listen(token: string, hear: (response: JsonObject) => void): () => void {
    this.#waiting.set(token, hear);
    return () => this.#waiting.delete(token);
  }

  /** Hands a response on; false when nobody waits for it. */
  deliver(token: string, response: JsonObject): boolean {
    const hear = this.#waiting.get(token);
    hear?.(response);
    return hear !== undefined;
  }

  /** The next response to a token's address. Rejects with the signal's reason when it aborts first. */
  next(token: string, signal: AbortSignal): Promise<JsonObject> {
    return new Promise((resolve, reject) => {
      const abort = () => {
        stop();
        reject(signal.reason);
      };
      const stop = this.listen(token, (response) => {
        stop();
        signal.removeEventListener("abort", abort);
        resolve(response);
      });
      if (signal.aborted) abort();
      else signal.addEventListener("abort", abort, { once: true });
    });
  }
}
