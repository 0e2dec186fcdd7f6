import type { Readable } from "node:stream";

/** The longest line read: a chunk's size and signature, or one trailing header. */
const MAX_LINE_BYTES = 8192;
const NEWLINE = 0x0a;

/** Reads lines and counted bytes from a stream. The stream stays open when the reader is given up: an answer may follow. */
export class ByteReader {
  private readonly source: AsyncIterator<Buffer>;
  private held: Buffer = Buffer.alloc(0);

  constructor(stream: Readable) {
    this.source = stream.iterator({ destroyOnReturn: false });
  }

  /** The next line without its end; undefined when the stream ends, or the line is too long. */
  async line(): Promise<string | undefined> {
    let end = this.held.indexOf(NEWLINE);
    while (end < 0) {
      if (this.held.length > MAX_LINE_BYTES) return undefined;
      const more = await this.next();
      if (!more) return undefined;
      this.held = Buffer.concat([this.held, more]);
      end = this.held.indexOf(NEWLINE);
    }
    const line = this.held.subarray(0, end).toString("latin1");
    this.held = this.held.subarray(end + 1);
    return line.endsWith("\r") ? line.slice(0, -1) : line;
  }

  /** Up to `max` bytes, as many as are at hand; undefined when the stream has ended. */
  async some(max: number): Promise<Buffer | undefined> {
    if (this.held.length === 0) {
      const more = await this.next();
      if (!more) return undefined;
      this.held = more;
    }
    const bytes = this.held.subarray(0, max);
    this.held = this.held.subarray(bytes.length);
    return bytes;
  }

  private async next(): Promise<Buffer | undefined> {
    const { done, value } = await this.source.next();
    return done ? undefined : value;
  }
}
