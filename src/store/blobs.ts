import type { Readable } from "node:stream";

/** A file in the store: its name is what it holds. */
export interface Blob {
  /** SHA-256 of the bytes, in hex. */
  readonly sha256: string;
  readonly size: number;
}

/** What a blob turned out to be once all of its bytes had been read. */
export interface WrittenBlob extends Blob {
  /** MD5 of the bytes, in hex: S3's entity tag. */
  readonly md5: string;
}

/**
 * Files named by their SHA-256, streamed in and out.
 *
 * A blob lives while somebody holds it. `write` gives one hold; `release` gives one back, and the file goes with the last.
 * Holds are counted in the record store, so a crash between the two leaves at worst a file that `sweep` removes.
 */
export interface Blobs {
  /**
   * Stores a stream, held once. Nothing is left behind when it fails, is larger than `maxBytes` (throws `BlobTooLarge`) or
   * does not fit on the disk (`DiskFull`). A record that is put before the next `await` is committed together with the hold,
   * so that a crash leaves both or neither.
   */
  write(bytes: Readable | Uint8Array, options?: { readonly maxBytes?: number }): Promise<WrittenBlob>;
  /** One blob from several, in order, without holding them in memory. */
  concat(parts: readonly Blob[]): Promise<WrittenBlob>;
  /** A stream of the bytes from `start` to `end`, both included, or all of them. */
  read(blob: Blob, range?: { readonly start: number; readonly end: number }): Readable;
  /** All of the bytes; only for what is known to be small. */
  bytes(blob: Blob): Promise<Buffer>;
  /** A path to the bytes for a child process or an unpacker; the file must not be changed. */
  path(blob: Blob): Promise<string>;
  /** One more holder. Throws when nobody holds it: its file may be gone. */
  hold(blob: Blob): void;
  /** One holder less, together with what else is written in this turn; the file goes after the commit. */
  release(blob: Blob): void;
}

/** The stream had more bytes than its reader allowed. */
export class BlobTooLarge extends Error {
  readonly maxBytes: number;
  constructor(maxBytes: number) {
    super(`the body is larger than ${maxBytes} bytes`);
    this.name = "BlobTooLarge";
    this.maxBytes = maxBytes;
  }
}

/** The disk has no room for the bytes; nothing of them was kept. */
export class DiskFull extends Error {
  constructor(cause: unknown) {
    super("the disk that holds the state directory is full", { cause });
    this.name = "DiskFull";
  }
}
