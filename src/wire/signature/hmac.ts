import { hash } from "node:crypto";

const BLOCK = 64;
const DIGEST = 32;

/** HMAC-SHA256 of short plain texts by two plain hashes: the object that `createHmac` makes costs more than both. */
export class Hmac {
  /** The key combined with HMAC's first pad, and behind it the text: those of one signer are all of one length. */
  private inner: Buffer;
  private readonly outer: Buffer;

  /** A signing key is 32 bytes, shorter than a block. */
  constructor(key: Buffer) {
    this.inner = padded(key, 0x36, 0);
    this.outer = padded(key, 0x5c, DIGEST);
  }

  /** In hex. The text is ASCII. */
  hex(text: string): string {
    if (this.inner.length !== BLOCK + text.length)
      this.inner = Buffer.concat([this.inner.subarray(0, BLOCK)], BLOCK + text.length);
    this.inner.write(text, BLOCK, "latin1");
    this.outer.write(hash("sha256", this.inner), BLOCK, "hex");
    return hash("sha256", this.outer);
  }
}

const padded = (key: Buffer, pad: number, room: number): Buffer => {
  const block = Buffer.alloc(BLOCK + room);
  for (let at = 0; at < BLOCK; at++) block[at] = (key[at] ?? 0) ^ pad;
  return block;
};
