import { constants, type KeyObject, privateDecrypt, publicEncrypt } from "node:crypto";
import type { EncryptionAlgorithmSpec, KeySpec } from "@aws-sdk/client-kms";
import { invalidCiphertext, plaintextTooLong } from "../errors.ts";
import type { MaterialRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { privateKeyOf, publicKeyOf } from "./keyObjects.ts";

/** Bytes of the digest that OAEP pads with, twice, and of what it puts around them. */
const DIGEST_BYTES: Readonly<Record<string, number>> = { sha1: 20, sha256: 32 };
const PADDING_BYTES = 2;

export const encryptByRsa = (
  spec: KeySpec,
  material: MaterialRecord,
  algorithm: EncryptionAlgorithmSpec,
  plain: Uint8Array,
): Buffer => {
  const key = publicKeyOf(material);
  const oaepHash = oaepHashOf(algorithm);
  const modulusBytes = (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
  const maximum = modulusBytes - 2 * (DIGEST_BYTES[oaepHash] ?? 0) - PADDING_BYTES;
  if (plain.byteLength > maximum) throw plaintextTooLong(algorithm, spec, maximum);
  return publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, plain);
};

/** Throws InvalidCiphertextException. */
export const decryptByRsa = (
  room: Pick<Room, "cipher">,
  material: MaterialRecord,
  algorithm: string,
  blob: Uint8Array,
): Buffer => unwrapByRsa(privateKeyOf(room, material), oaepHashOf(algorithm), blob);

export const unwrapByRsa = (key: KeyObject, oaepHash: string, blob: Uint8Array): Buffer => {
  try {
    return privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, blob);
  } catch {
    // AWS says no more of what does not open.
    throw invalidCiphertext();
  }
};

/** `RSAES_OAEP_SHA_256` says `sha256`. */
export const oaepHashOf = (algorithm: string): string => (algorithm.endsWith("SHA_1") ? "sha1" : "sha256");
