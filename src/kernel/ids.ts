import { randomBytes, randomUUID } from "node:crypto";

/** Identifiers and randomness, in the shapes AWS gives them. */
export interface Ids {
  /** `7c9e6679-7425-40de-944b-e07fc1f90ae7` */
  uuid(): string;
  /** Lower-case hexadecimal digits. */
  hex(length: number): string;
  /** Digits and lower-case letters, such as an API id `a1b2c3d4e5`. */
  lower(length: number): string;
  /** Digits and upper-case letters, such as the tail of a role id `AROA…`. */
  upper(length: number): string;
  /** Letters of both cases and digits. */
  mixed(length: number): string;
  /** Secret bytes. */
  bytes(length: number): Buffer;
}

const LOWER = "abcdefghijklmnopqrstuvwxyz0123456789";
const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const MIXED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Identifiers from the operating system's randomness. */
export const randomIds = (): Ids => ({ ...idsFrom(pooled(randomBytes)), uuid: () => randomUUID() });

/** Asking the system for a few bytes costs as much as for many, and each request asks several times. */
const POOL_BYTES = 4096;

const pooled = (bytes: (length: number) => Buffer) => {
  let pool = Buffer.alloc(0);
  return (length: number): Buffer => {
    if (length > POOL_BYTES) return bytes(length);
    if (pool.length < length) pool = Buffer.from(bytes(POOL_BYTES));
    // A copy: secrets handed out must not lie beside those still to come.
    const taken = Buffer.from(pool.subarray(0, length));
    pool = pool.subarray(length);
    return taken;
  };
};

/** The same identifiers in the same order for the same seed: for tests and simulation only. */
export const seededIds = (seed: number): Ids => {
  let state = seed >>> 0 || 1;
  const next = () => {
    // xorshift32: small, and good enough where nothing depends on unpredictability.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state & 0xff;
  };
  return idsFrom((length) => Buffer.from(Array.from({ length }, next)));
};

const idsFrom = (bytes: (length: number) => Buffer): Ids => {
  const pick = (alphabet: string, length: number) =>
    Array.from(bytes(length), (byte) => alphabet.charAt(byte % alphabet.length)).join("");
  return {
    uuid: () => uuidOf(bytes(16)),
    hex: (length) =>
      bytes(Math.ceil(length / 2))
        .toString("hex")
        .slice(0, length),
    lower: (length) => pick(LOWER, length),
    upper: (length) => pick(UPPER, length),
    mixed: (length) => pick(MIXED, length),
    bytes,
  };
};

const uuidOf = (bytes: Buffer): string => {
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
};
