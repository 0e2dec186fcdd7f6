/** Bytes that come by call and are read by iteration, once. */
export class ByteQueue implements AsyncIterable<Buffer> {
  private readonly waiting: Buffer[] = [];
  private size = 0;
  private ended = false;
  private wake: () => void = () => {};
  private room: () => void = () => {};
  private readonly bound: number;

  /** More than `bound` bytes wait only until the promise of `push` is heeded. */
  constructor(bound: number) {
    this.bound = bound;
  }

  /** A promise, when the reader is behind: it resolves once there is room again. */
  push(chunk: Buffer): void | Promise<void> {
    if (this.ended) return;
    this.waiting.push(chunk);
    this.size += chunk.length;
    this.wake();
    if (this.size > this.bound) return new Promise((resolve) => (this.room = resolve));
  }

  end(): void {
    this.ended = true;
    this.wake();
    this.room();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Buffer> {
    while (true) {
      const chunk = this.waiting.shift();
      if (chunk) {
        this.size -= chunk.length;
        if (this.size <= this.bound) this.room();
        yield chunk;
      } else if (this.ended) return;
      else await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}
