import { invalidBucketName, keyTooLong } from "./errors.ts";
import { MAX_KEY_BYTES } from "./limits.ts";

/**
 * Throws InvalidBucketName for a name no bucket can have.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export const checkBucketName = (name: string): void => {
  const reserved =
    RESERVED_PREFIXES.some((prefix) => name.startsWith(prefix)) ||
    RESERVED_SUFFIXES.some((suffix) => name.endsWith(suffix));
  if (!NAME.test(name) || name.includes("..") || IP_ADDRESS.test(name) || reserved) throw invalidBucketName(name);
};

/** Throws KeyTooLongError for keys of more than 1024 bytes. */
export const checkKey = (key: string): void => {
  const bytes = Buffer.byteLength(key);
  if (bytes > MAX_KEY_BYTES) throw keyTooLong(bytes);
};

const NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const IP_ADDRESS = /^\d{1,3}(\.\d{1,3}){3}$/;
const RESERVED_PREFIXES = ["xn--", "sthree-", "amzn-s3-demo-"];
const RESERVED_SUFFIXES = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];
