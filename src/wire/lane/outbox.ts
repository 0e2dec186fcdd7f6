/** Answers written at once at the latest: the client reads the first of them while the next are made. */
const MAX_WAITING = 8;

/**
 * Writes the answers of one turn of the event loop one after the other, at its end. To write to a client that sleeps means
 * to wake it, which costs more than the rest of the write; to one that was just woken it does not.
 */
export class Outbox {
  private waiting: (() => void)[] = [];
  /** Whether the turn is going on in which requests are being read. */
  private reads = false;

  /** A request was read: others may follow in this turn, and their answers go with its own. */
  read(): void {
    if (this.reads) return;
    this.reads = true;
    setImmediate(this.endTurn);
  }

  add(write: () => void): void {
    this.waiting.push(write);
    if (this.waiting.length >= MAX_WAITING) this.flush();
    // What was waited for, as a commit is, ends for many requests at once, and nothing is read meanwhile.
    else if (!this.reads && this.waiting.length === 1) process.nextTick(this.flush);
  }

  private readonly endTurn = (): void => {
    this.reads = false;
    this.flush();
  };

  private readonly flush = (): void => {
    const { waiting } = this;
    if (waiting.length === 0) return;
    this.waiting = [];
    for (const write of waiting) write();
  };
}
