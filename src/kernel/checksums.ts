import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";

/** The checksums S3 takes in trailers, by the end of their header's name: `x-amz-checksum-crc32c`. */
export type ChecksumAlgorithm =
  | "crc32"
  | "crc32c"
  | "crc64nvme"
  | "sha1"
  | "sha256"
  | "sha512"
  | "md5"
  | "xxhash64"
  | "xxhash3"
  | "xxhash128";

/** A checksum being computed. */
export interface RunningChecksum {
  update(bytes: Uint8Array): void;
  /** In base64, as S3 writes it. */
  finish(): Promise<string>;
}

export const isChecksumAlgorithm = (name: string): name is ChecksumAlgorithm => Object.hasOwn(MAKERS, name);

/** Begins a checksum. Those that Node lacks come from the SDK's own package, loaded when first asked for. */
export const beginChecksum = (algorithm: ChecksumAlgorithm): Promise<RunningChecksum> => MAKERS[algorithm]();

const hashed = (algorithm: string) => async (): Promise<RunningChecksum> => {
  const hash = createHash(algorithm);
  return {
    update: (bytes) => {
      hash.update(bytes);
    },
    finish: async () => hash.digest("base64"),
  };
};

const nodeCrc32 = async (): Promise<RunningChecksum> => {
  let value = 0;
  return {
    update: (bytes) => {
      value = crc32(bytes, value);
    },
    finish: async () => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes.toString("base64");
    },
  };
};

interface SdkChecksum {
  update(bytes: Uint8Array): void;
  digest(): Promise<Uint8Array>;
}

const fromSdk = (load: () => Promise<new () => SdkChecksum>) => async (): Promise<RunningChecksum> => {
  const Checksum = await load();
  const checksum = new Checksum();
  return {
    update: (bytes) => checksum.update(bytes),
    finish: async () => Buffer.from(await checksum.digest()).toString("base64"),
  };
};

const MAKERS: Readonly<Record<ChecksumAlgorithm, () => Promise<RunningChecksum>>> = {
  crc32: nodeCrc32,
  crc32c: fromSdk(async () => (await import("@aws-sdk/checksums/crc")).Crc32c),
  crc64nvme: fromSdk(async () => (await import("@aws-sdk/checksums/crc")).Crc64Nvme),
  sha1: hashed("sha1"),
  sha256: hashed("sha256"),
  sha512: hashed("sha512"),
  md5: hashed("md5"),
  xxhash64: fromSdk(async () => (await import("@aws-sdk/checksums/xxh")).Xxh64),
  xxhash3: fromSdk(async () => (await import("@aws-sdk/checksums/xxh")).Xxh3_64),
  xxhash128: fromSdk(async () => (await import("@aws-sdk/checksums/xxh")).Xxh3_128),
};
