/** Bytes that come by call and are read by iteration, once. */
export class ByteQueue implements AsyncIterable<Buffer> {
  private readonly waiting: Buffer[] = [];
  private ended = false;
  private wake: () => void = () => {};

  push(chunk: Buffer): void {
    this.waiting.push(chunk);
    this.wake();
  }

  end(): void {
    this.ended = true;
    this.wake();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Buffer> {
    while (true) {
      const chunk = this.waiting.shift();
      if (chunk) yield chunk;
      else if (this.ended) return;
      else await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}
