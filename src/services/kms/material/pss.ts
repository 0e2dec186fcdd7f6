import { createHash } from "node:crypto";

// RSASSA-PSS of a digest that is at hand already; Node signs messages only. https://www.rfc-editor.org/rfc/rfc8017#section-9.1

const TRAILER = 0xbc;

/** EMSA-PSS: what is raised to the private exponent. `bits` is one less than the modulus has. */
export const encodePss = (hash: string, digest: Uint8Array, salt: Uint8Array, bits: number): Buffer => {
  const length = Math.ceil(bits / 8);
  const seed = saltedHash(hash, digest, salt);
  const block = Buffer.alloc(length - seed.byteLength - 1);
  block[block.length - salt.byteLength - 1] = 1;
  block.set(salt, block.length - salt.byteLength);
  const masked = xor(block, mask(hash, seed, block.length));
  masked[0] = (masked[0] ?? 0) & topMask(length, bits);
  return Buffer.concat([masked, seed, Buffer.from([TRAILER])]);
};

/** Whether what a signature opened to is the encoding of a digest, with a salt as long as the digest. */
export const isPssOf = (hash: string, digest: Uint8Array, encoded: Buffer, bits: number): boolean => {
  const length = Math.ceil(bits / 8);
  const em = encoded.subarray(encoded.length - length);
  const blockLength = length - digest.byteLength - 1;
  if (em[em.length - 1] !== TRAILER || blockLength <= digest.byteLength) return false;
  const seed = em.subarray(blockLength, -1);
  const block = xor(em.subarray(0, blockLength), mask(hash, seed, blockLength));
  block[0] = (block[0] ?? 0) & topMask(length, bits);
  const salt = block.subarray(-digest.byteLength);
  const padding = block.subarray(0, -digest.byteLength);
  const isPadded = padding.every((byte, index) => byte === (index === padding.length - 1 ? 1 : 0));
  return isPadded && saltedHash(hash, digest, salt).equals(seed);
};

const saltedHash = (hash: string, digest: Uint8Array, salt: Uint8Array): Buffer =>
  createHash(hash).update(Buffer.alloc(8)).update(digest).update(salt).digest();

/** The bits of the first byte that belong to the encoding. */
const topMask = (length: number, bits: number): number => 0xff >> (8 * length - bits);

/** MGF1. */
const mask = (hash: string, seed: Uint8Array, length: number): Buffer => {
  const blocks: Buffer[] = [];
  for (let counter = 0, made = 0; made < length; counter++) {
    const index = Buffer.alloc(4);
    index.writeUInt32BE(counter);
    const block = createHash(hash).update(seed).update(index).digest();
    blocks.push(block);
    made += block.length;
  }
  return Buffer.concat(blocks).subarray(0, length);
};

const xor = (a: Uint8Array, b: Uint8Array): Buffer => Buffer.from(a.map((byte, index) => byte ^ (b[index] ?? 0)));
