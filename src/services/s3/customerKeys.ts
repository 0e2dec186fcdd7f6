import { createHash, timingSafeEqual } from "node:crypto";
import { accessDenied, invalidArgument, invalidEncryption, invalidRequest } from "./errors.ts";
import type { CustomerKeyRecord, ObjectHead } from "./records.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html

/** A key that a request brings along. */
export interface CustomerKeyInput {
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSECustomerKey?: string | undefined;
  readonly SSECustomerKeyMD5?: string | undefined;
}

/** The key that a copy's source is under, as the request brings it. */
export interface SourceKeyInput {
  readonly CopySourceSSECustomerAlgorithm?: string | undefined;
  readonly CopySourceSSECustomerKey?: string | undefined;
  readonly CopySourceSSECustomerKeyMD5?: string | undefined;
}

const ALGORITHM = "AES256";
const KEY_BYTES = 32;
const HEADER = "x-amz-server-side-encryption";

/** What is kept of the key under which an object is to lie; undefined when the request brings none. */
export const newCustomerKey = (
  input: CustomerKeyInput & { readonly ServerSideEncryption?: string | undefined },
): CustomerKeyRecord | undefined => {
  if (!bringsKey(input)) return undefined;
  if (input.ServerSideEncryption !== undefined)
    throw invalidArgument(
      "Server Side Encryption with Customer provided key is incompatible with the encryption method specified",
      HEADER,
      input.ServerSideEncryption,
    );
  const { key, md5 } = provenKey(input);
  return { md5, sha256: sha256Of(key) };
};

/** The key, which is as long as it must be and has the hash that its sender says. */
const provenKey = (input: CustomerKeyInput) => {
  const { key, md5 } = wholeKey(input);
  if (key.length !== KEY_BYTES || input.SSECustomerKeyMD5 === undefined)
    throw invalidArgument("The secret key was invalid for the specified algorithm.", HEADER);
  if (md5 !== input.SSECustomerKeyMD5)
    throw invalidArgument("The calculated MD5 hash of the key did not match the hash that was provided.", HEADER);
  return { key, md5 };
};

/** Throws unless a request to read an object brings the key the object lies under, and none where it lies under none. */
export const checkCustomerKey = ({ encryption }: Pick<ObjectHead, "encryption">, input: CustomerKeyInput): void => {
  const { customerKey } = encryption;
  if (!bringsKey(input)) {
    if (customerKey) throw keyNeeded();
    return;
  }
  const { key } = wholeKey(input);
  if (!customerKey) throw invalidRequest("The encryption parameters are not applicable to this object.");
  if (!isSame(customerKey, key))
    throw accessDenied(
      "Requests specifying Server Side Encryption with Customer provided keys must provide the correct secret key.",
    );
};

/** The same of a copy's source. */
export const checkSourceKey = (source: Pick<ObjectHead, "encryption">, input: SourceKeyInput): void =>
  checkCustomerKey(source, {
    SSECustomerAlgorithm: input.CopySourceSSECustomerAlgorithm,
    SSECustomerKey: input.CopySourceSSECustomerKey,
    SSECustomerKeyMD5: input.CopySourceSSECustomerKeyMD5,
  });

/** Throws unless a part comes with the key that its upload was begun with. */
export const checkPartKey = ({ encryption: { customerKey } }: ObjectHead, input: CustomerKeyInput): void => {
  if (!customerKey && !bringsKey(input)) return;
  if (!customerKey || !bringsKey(input))
    throw invalidRequest(
      "The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate encryption parameters.",
    );
  if (!isSame(customerKey, provenKey(input).key))
    throw invalidRequest("The provided encryption parameters did not match the ones used originally.");
};

const bringsKey = ({ SSECustomerAlgorithm, SSECustomerKey, SSECustomerKeyMD5 }: CustomerKeyInput): boolean =>
  SSECustomerAlgorithm !== undefined || SSECustomerKey !== undefined || SSECustomerKeyMD5 !== undefined;

/** The key itself. Throws when the request says no algorithm, another one, or no key. */
const wholeKey = ({ SSECustomerAlgorithm, SSECustomerKey }: CustomerKeyInput) => {
  const asked = "Requests specifying Server Side Encryption with Customer provided keys must provide";
  if (SSECustomerAlgorithm === undefined) throw invalidArgument(`${asked} a valid encryption algorithm.`, HEADER);
  if (SSECustomerAlgorithm !== ALGORITHM)
    throw invalidEncryption(
      SSECustomerAlgorithm,
      "The Encryption request you specified is not valid. Supported value: AES256.",
    );
  if (SSECustomerKey === undefined) throw invalidArgument(`${asked} an appropriate secret key.`, HEADER);
  const key = Buffer.from(SSECustomerKey, "base64");
  return { key, md5: createHash("md5").update(key).digest("base64") };
};

const sha256Of = (key: Buffer): string => createHash("sha256").update(key).digest("hex");

const isSame = ({ sha256 }: CustomerKeyRecord, key: Buffer): boolean =>
  timingSafeEqual(Buffer.from(sha256, "hex"), Buffer.from(sha256Of(key), "hex"));

const keyNeeded = () =>
  invalidRequest(
    "The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.",
  );
