import {
  beginChecksum,
  type ChecksumAlgorithm as KernelAlgorithm,
  type RunningChecksum,
} from "../../kernel/checksums.ts";
import { badChecksum, invalidRequest } from "./errors.ts";

/** The checksums S3 keeps of objects, in its own spelling. */
export type Algorithm =
  | "CRC32"
  | "CRC32C"
  | "CRC64NVME"
  | "MD5"
  | "SHA1"
  | "SHA256"
  | "SHA512"
  | "XXHASH64"
  | "XXHASH3"
  | "XXHASH128";

/** A checksum of an object, in base64. A composite one is computed of the parts' checksums and ends in `-N`. */
export interface ChecksumRecord {
  readonly algorithm: Algorithm;
  readonly value: string;
  readonly type: "FULL_OBJECT" | "COMPOSITE";
}

/** The members by which requests and answers carry checksums. */
export type ChecksumFields = { -readonly [A in Algorithm as `Checksum${A}`]?: string | undefined };

const KERNEL_NAMES: Readonly<Record<Algorithm, KernelAlgorithm>> = {
  CRC32: "crc32",
  CRC32C: "crc32c",
  CRC64NVME: "crc64nvme",
  MD5: "md5",
  SHA1: "sha1",
  SHA256: "sha256",
  SHA512: "sha512",
  XXHASH64: "xxhash64",
  XXHASH3: "xxhash3",
  XXHASH128: "xxhash128",
};

const ALGORITHMS: readonly Algorithm[] = [
  "CRC32",
  "CRC32C",
  "CRC64NVME",
  "MD5",
  "SHA1",
  "SHA256",
  "SHA512",
  "XXHASH64",
  "XXHASH3",
  "XXHASH128",
];

/** AWS: what is kept of objects whose sender brings no checksum. */
export const DEFAULT_ALGORITHM = "CRC64NVME";

/** The algorithm of that name; S3 refuses others. */
export const algorithmNamed = (name: string): Algorithm => {
  const found = ALGORITHMS.find((algorithm) => algorithm === name);
  if (found) return found;
  throw invalidRequest(
    "Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]",
  );
};

/** The checksum a request brings, if any; two at once are refused. */
export const checksumGiven = (
  input: ChecksumFields,
): { readonly algorithm: Algorithm; readonly value: string } | undefined => {
  const given = ALGORITHMS.flatMap((algorithm) => {
    const value = input[`Checksum${algorithm}`];
    return value === undefined ? [] : [{ algorithm, value }];
  });
  if (given.length > 1)
    throw invalidRequest("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
  return given[0];
};

export const beginChecksumOf = (algorithm: Algorithm): Promise<RunningChecksum> =>
  beginChecksum(KERNEL_NAMES[algorithm]);

/** The member that tells a checksum, as answers carry it. */
export const checksumFields = (checksum: Pick<ChecksumRecord, "algorithm" | "value"> | undefined): ChecksumFields => {
  const fields: ChecksumFields = {};
  if (checksum) fields[`Checksum${checksum.algorithm}`] = checksum.value;
  return fields;
};

/** The same with its type. */
export const checksumView = (checksum: ChecksumRecord | undefined) => ({
  ...checksumFields(checksum),
  ...(checksum ? { ChecksumType: checksum.type } : {}),
});

/** A composite checksum: the checksum of the parts' checksums, one after the other. */
export const compositeChecksum = async (algorithm: Algorithm, parts: readonly string[]): Promise<string> => {
  const running = await beginChecksumOf(algorithm);
  for (const part of parts) running.update(Buffer.from(part, "base64"));
  return `${await running.finish()}-${parts.length}`;
};

/** Throws BadDigest when a checksum is not what its sender said. */
export const checkChecksum = (algorithm: Algorithm, given: string | undefined, computed: string): void => {
  if (given === undefined || given === computed) return;
  if (
    !/^[A-Za-z0-9+/]+={0,2}$/.test(given) ||
    Buffer.from(given, "base64").length !== Buffer.from(computed, "base64").length
  ) {
    throw invalidRequest(`Value for x-amz-checksum-${algorithm.toLowerCase()} header is invalid.`);
  }
  throw badChecksum(algorithm);
};

/** AWS: how the checksum of a multipart object is made, when its uploader does not say. */
export const defaultChecksumType = (algorithm: Algorithm): ChecksumRecord["type"] =>
  algorithm === "CRC64NVME" ? "FULL_OBJECT" : "COMPOSITE";
