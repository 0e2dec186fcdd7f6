/** What ends when its client goes away. Few ask for the signal, and to make one costs more than the rest of a request: it is made when asked for. */
export class Abortable {
  #gone: AbortController | undefined;

  get signal(): AbortSignal {
    this.#gone ??= new AbortController();
    return this.#gone.signal;
  }

  /** The client went away. */
  abort(): void {
    this.#gone ??= new AbortController();
    this.#gone.abort(new Error("the client went away"));
  }
}
