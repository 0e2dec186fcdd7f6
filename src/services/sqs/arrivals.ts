/** Wakes those who wait for a message, by queue. */
export class Arrivals {
  private readonly waiting = new Map<string, Set<() => void>>();
  closed = false;

  /** Resolves at the queue's next arrival, or when the signal aborts, or when the room closes. */
  next(queue: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wakers = this.waiting.get(queue) ?? new Set();
      const wake = () => {
        wakers.delete(wake);
        if (wakers.size === 0) this.waiting.delete(queue);
        signal.removeEventListener("abort", wake);
        resolve();
      };
      wakers.add(wake);
      this.waiting.set(queue, wakers);
      signal.addEventListener("abort", wake, { once: true });
    });
  }

  announce(queue: string): void {
    for (const wake of [...(this.waiting.get(queue) ?? [])]) wake();
  }

  close(): void {
    this.closed = true;
    for (const queue of [...this.waiting.keys()]) this.announce(queue);
  }
}
