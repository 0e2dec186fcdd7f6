/** Answers written at once at the latest: the client reads the first of them while the next are made. */
const MAX_WAITING = 8;

/**
 * Writes the answers of one turn of the event loop one after the other, at its end. To write to a client that sleeps means
 * to wake it, which costs more than the rest of the write; to one that was just woken it does not.
 */
export class Outbox {
  private waiting: (() => void)[] = [];

  add(write: () => void): void {
    if (this.waiting.length === 0) setImmediate(this.flush);
    this.waiting.push(write);
    if (this.waiting.length >= MAX_WAITING) this.flush();
  }

  private readonly flush = (): void => {
    const { waiting } = this;
    this.waiting = [];
    for (const write of waiting) write();
  };
}
