/** Wakes those who wait for something to change. */
export class Bells {
  private readonly waiting = new Map<string, Set<() => void>>();

  /** Resolves when the bell of that name rings or the signal aborts. */
  next(name: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const among = this.waiting.get(name) ?? new Set();
      this.waiting.set(name, among);
      const wake = () => {
        among.delete(wake);
        if (among.size === 0) this.waiting.delete(name);
        signal.removeEventListener("abort", wake);
        resolve();
      };
      among.add(wake);
      signal.addEventListener("abort", wake, { once: true });
      if (signal.aborted) wake();
    });
  }

  ring(name: string): void {
    for (const wake of [...(this.waiting.get(name) ?? [])]) wake();
  }
}
